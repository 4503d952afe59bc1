import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { NetworkInput, NetworkSettings } from '../src/sandbox/control/inputs.js';

const Made = z.object({
  eid: z.string(),
  app: z.object({ eid: z.string(), secret: z.string() }),
  scimToken: z.string(),
});
const Requests = z.object({
  total: z.number(),
  mostInTenSeconds: z.number(),
  requests: z.array(z.object({ status: z.number().nullable() })),
});

/** The sandbox as a program of its own, as the image runs it: what the bench does costs it nothing. */
export interface SandboxProcess {
  readonly url: string;
  createNetwork(input: NetworkInput): Promise<z.infer<typeof Made>>;
  changeNetwork(eid: string, settings: NetworkSettings): Promise<void>;
  requests(eid: string): Promise<z.infer<typeof Requests>>;
  clearRequests(eid: string): Promise<void>;
  stop(): Promise<void>;
}

/** @param compiled folder of the compiled sources */
export async function startSandboxProcess(compiled: string): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [join(compiled, 'sandbox', 'main.js'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressIn(createInterface(child.stdout));
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url}/_sandbox${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`The sandbox answered ${method} ${path} with ${response.status}.`);
    return response.json();
  };
  return {
    url,
    createNetwork: async (input) => Made.parse(await ask('POST', '/networks', input)),
    changeNetwork: async (eid, settings) => void (await ask('PATCH', `/networks/${eid}`, settings)),
    requests: async (eid) => Requests.parse(await ask('GET', `/networks/${eid}/requests`)),
    clearRequests: async (eid) => void (await ask('DELETE', `/networks/${eid}/requests`)),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function addressIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const [url] = /http:\/\/\S+/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('The sandbox of the bench ended before it listened.');
}
