import { spawn } from 'node:child_process';
import { root, say } from './root.mjs';

/** Runs a Node program with its output shown, and answers its exit code. Ctrl-C reaches it as well; we wait until it is done. */
export function runNode(args, env = {}) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  return ended(child);
}

/** Runs a program whose output matters only when it fails; says every few seconds that it is alive. */
export async function runQuietly(what, command, args, env = {}) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32' && command === 'npm',
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const start = Date.now();
  say(`${what} ...`);
  const timer = setInterval(() => say(`${what} (${Math.round((Date.now() - start) / 1000)} s so far)`), 5_000);
  const code = await ended(child);
  clearInterval(timer);
  if (code !== 0) throw new Error(`${what} failed (exit code ${code}):\n${Buffer.concat(output).toString().trim()}`);
}

function ended(child) {
  const wait = () => undefined;
  const forward = () => child.kill('SIGTERM');
  process.on('SIGINT', wait);
  process.on('SIGTERM', forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  }).finally(() => {
    process.off('SIGINT', wait);
    process.off('SIGTERM', forward);
  });
}
