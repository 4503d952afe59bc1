import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepInCache } from '../../../src/stack/cache-folder.js';

const [path = '', milliseconds = '0', diary = ''] = process.argv.slice(2);
const made = await keepInCache({
  path,
  log: () => undefined,
  make: async (folder) => {
    await writeFile(join(folder, 'half'), 'half');
    if (diary !== '') await appendFile(diary, 'made\n');
    if (Number(milliseconds) > 60_000) console.log('half-way');
    await sleep(Number(milliseconds));
    return join(folder, 'half');
  },
});
console.log(made);
