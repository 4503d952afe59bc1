import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.js';

const USAGE = `Speakap sandbox: a strict local stand-in for Speakap's API.

  --port N     port to listen on (SANDBOX_PORT; default 4010, 0 takes a free one)
  --host H     address to listen on (SANDBOX_HOST; default 127.0.0.1; the control API has no login)
  --data DIR   folder that keeps the state over a restart (SANDBOX_DATA; default: memory only)
  --help       this text
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env['SANDBOX_PORT'] ?? '4010' },
    host: { type: 'string', default: process.env['SANDBOX_HOST'] ?? '127.0.0.1' },
    data: { type: 'string', default: process.env['SANDBOX_DATA'] ?? '' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else {
  await run().catch((error: unknown) => {
    process.stderr.write(`The sandbox did not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}

async function run(): Promise<void> {
  const sandbox = await startSandbox({
    port: toPort(values.port),
    host: values.host,
    dataDir: values.data === '' ? null : values.data,
    log: (line) => process.stdout.write(`${line}\n`),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
}

function toPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  process.stderr.write(`"${text}" is no port. Nothing was started. Give --port a number from 0 to 65535.\n`);
  process.exit(2);
}
