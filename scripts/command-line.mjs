import { inRoot } from './root.mjs';

/** Runs the `usersync` command in this process, straight from its TypeScript, so that Ctrl-C and a quick start are its own. */
export async function runCommandLine(args) {
  process.setSourceMapsEnabled(true);
  const { register } = await import('tsx/esm/api');
  register();
  process.argv = [process.argv[0], inRoot('bin', 'usersync.mjs'), ...args];
  await import('../src/cli/main.ts');
}
