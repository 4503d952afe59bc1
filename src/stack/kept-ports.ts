import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { freePort } from './free-port.js';

const Ports = z.record(z.string(), z.number().int());

/** The port kept under `name`, else `preferred`, else any; the first that is free. Kept for the next time. */
export async function keepPort(path: string, name: string, preferred?: number): Promise<number> {
  const kept = readPorts(path);
  const last = kept[name];
  const again = last === undefined ? null : await freePort(last);
  const port = again !== null && again === last ? again : await freePort(preferred);
  writeFileSync(path, JSON.stringify({ ...readPorts(path), [name]: port }), { mode: 0o600 });
  return port;
}

function readPorts(path: string): Readonly<Record<string, number>> {
  try {
    return Ports.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {};
  }
}
