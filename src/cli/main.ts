import { CommanderError } from 'commander';
import { EXIT } from './exit-codes.js';
import { WrongUsage } from './errors.js';
import { createProgram, NOTHING_TRIED } from './program.js';

// Whoever reads us through a pipe may have read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const inJson = process.argv.includes('--json');
try {
  await createProgram({ isMute: inJson }).parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (inJson && error.exitCode !== 0) sayInJson(error);
}

/** As `run` says every other error. */
function sayInJson({ code, message }: CommanderError): void {
  const what = code === 'commander.help' ? 'A command is missing' : message.replace(/^error: /, '').replace('\n', ' ');
  const error = { kind: WrongUsage.name, message: `${what.replace(/\.$/, '')}. ${NOTHING_TRIED}` };
  process.stderr.write(`${JSON.stringify({ error })}\n`);
}
