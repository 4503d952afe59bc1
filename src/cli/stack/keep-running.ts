import type { StackAddresses } from '../../stack/stack-file.js';
import { startStack, type Stack } from '../../stack/stack.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import type { Output } from '../output.js';
import { interrupted } from './interrupted.js';

/** Starts the stack, says where everything is, and stays until Ctrl-C. */
export async function keepRunning(context: Context): Promise<void> {
  const stack = await startWithProgress(context);
  context.output.answer(publicAddresses(stack.addresses), () => addressLines(stack.addresses).join('\n'));
  context.output.note('\nCtrl-C ends it. The data stays in its folder, and the next start goes on from there.');
  await untilInterrupted(stack);
}

/** Starts the stack and shows every step with the seconds since the beginning. */
export async function startWithProgress({ config, env, output }: Context): Promise<Stack> {
  return startStack({ dataFolder: config.dataFolder, env, log: timedSteps(output) });
}

/** Notes steps with the seconds since now. */
export function timedSteps(output: Output): (step: string) => void {
  const start = performance.now();
  return (step) => output.note(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${step}`);
}

/** Stays until Ctrl-C, or @throws CommandFailed when a part of the stack ends by itself. */
export async function untilInterrupted(stack: Stack): Promise<void> {
  const ending = await Promise.race([interrupted().then(() => null), stack.ended]);
  await stack.close();
  if (ending === null) return;
  throw new CommandFailed(
    `${ending} The stack was stopped; its data is kept. See the logs in its data folder, then start it again.`,
  );
}

/** Where a person finds everything. */
export function addressLines({ temporal, drop, sandbox, worker, portal }: StackAddresses): readonly string[] {
  return [
    `Temporal UI      ${temporal.ui ?? `${temporal.address} (a server of yours, see its own UI)`}`,
    ...(drop === null
      ? []
      : [`SFTP drop        sftp://${drop.host}:${drop.port}  host key ${drop.hostKeyFingerprint}`]),
    `Portal           ${portal.url}`,
    ...(sandbox === null ? [] : [`Speakap sandbox  ${sandbox.url}`]),
    ...(worker.metrics === null ? [] : [`Worker           ${worker.metrics}/metrics  /healthz  /readyz`]),
  ];
}

/** Without the password of Postgres. */
function publicAddresses({ temporal, drop, sandbox, worker, codec, portal }: StackAddresses) {
  return { temporal, drop, sandbox, worker, codec, portal };
}
