// Every `npm run` command of this project: node scripts/run.mjs <demo|start|usersync|test|bench|check|build> [arguments]
// It makes a fresh clone ready first, so that nothing has to be typed in between.
import './node-version.mjs';
import { prepare } from './prepare.mjs';
import { say } from './root.mjs';

const COMMANDS = {
  demo: async (args) => (await import('./command-line.mjs')).runCommandLine(['demo', ...args]),
  start: async (args) => (await import('./command-line.mjs')).runCommandLine(['start', ...args]),
  usersync: async (args) => (await import('./command-line.mjs')).runCommandLine(args),
  test: async (args) => (await import('./tests.mjs')).runTests(args),
  bench: async (args) => (await import('./bench.mjs')).runBench(args),
  check: async () => (await import('./checks.mjs')).runChecks(),
  build: async () => (await import('./build.mjs')).build(),
};

const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : null;

if (command === null) {
  say(`Usage: node scripts/run.mjs <${Object.keys(COMMANDS).join('|')}> [arguments]`);
  process.exitCode = 2;
} else {
  try {
    await prepare();
    process.exitCode = (await command(args)) ?? process.exitCode;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
