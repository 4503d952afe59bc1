import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keepInCache } from '../../src/stack/cache-folder.js';
import { DownloadFailed, downloadTemporal } from '../../src/stack/temporal-download.js';
import { silent, temporaryFolder } from './support.js';

describe('the download of Temporal', () => {
  it('unpacks the announced program', async () => {
    const { archive, path } = await preparedArchive();
    const site = await aSite((_request, response) => response.end(archive));
    await keepInCache({
      path,
      log: silent,
      make: (folder) => downloadTemporal({ folder, version: '1.0', log: silent, site }),
    });
    expect(execFileSync(path, { encoding: 'utf8' })).toBe('it runs\n');
  });

  it('keeps nothing of an archive that is cut off', async () => {
    const { archive, path } = await preparedArchive();
    const site = await aSite((_request, response) => {
      response.setHeader('content-length', archive.length);
      response.write(archive.subarray(0, archive.length / 2), () => response.destroy());
    });
    const cutOff = keepInCache({
      path,
      log: silent,
      make: (folder) => downloadTemporal({ folder, version: '1.0', log: silent, site }),
    });
    await expect(cutOff).rejects.toBeInstanceOf(DownloadFailed);
    expect(existsSync(path)).toBe(false);
  });

  it('says what it was answered', async () => {
    const site = await aSite((_request, response) => response.writeHead(503).end());
    const folder = await temporaryFolder();
    await expect(downloadTemporal({ folder, version: '1.0', log: silent, site })).rejects.toThrow(/answered 503/);
  });
});

/** Announces an archive at `/archive`, which `answer` sends. */
async function aSite(answer: RequestListener): Promise<string> {
  let site = '';
  const server = createServer((request, response) => {
    if (request.url === '/archive') return void answer(request, response);
    response.end(JSON.stringify({ archiveUrl: `${site}/archive`, fileToExtract: 'temporal' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  site = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return site;
}

async function preparedArchive(): Promise<{ archive: Buffer; path: string }> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'source'));
  await writeFile(join(folder, 'source', 'temporal'), '#!/bin/sh\necho it runs\n');
  execFileSync('tar', ['-czf', join(folder, 'archive.tar.gz'), '-C', join(folder, 'source'), 'temporal']);
  return { archive: await readFile(join(folder, 'archive.tar.gz')), path: join(folder, 'cache', 'temporal') };
}
