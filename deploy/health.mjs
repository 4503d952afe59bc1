// Asks a service of its own container how it is: node deploy/health.mjs <http://host:port/path | ssh://host:port>
// Ends with 0 when it is well, with 1 and a sentence when it is not.
import { connect } from 'node:net';

const LIMIT_MS = 4_000;

const ask = { 'http:': askHttp, 'ssh:': askSsh };

try {
  const url = new URL(process.argv[2] ?? '');
  await ask[url.protocol](url);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function askHttp(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
  const text = (await response.text()).trim();
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}: ${text.slice(0, 200)}`);
}

/** A greeting is enough: logging in would be noise in the drop's log. */
function askSsh({ hostname, port }) {
  const socket = connect({ host: hostname, port: Number(port) });
  socket.setTimeout(LIMIT_MS);
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('timeout', () => reject(new Error(`Nothing was heard from ${hostname}:${port} in time.`)));
    socket.once('close', () => reject(new Error(`${hostname}:${port} hung up without a greeting.`)));
    socket.once('data', (greeting) => {
      if (greeting.subarray(0, 4).toString('latin1') === 'SSH-') resolve();
      else reject(new Error(`What answers at ${hostname}:${port} is no SSH server.`));
    });
  });
}
