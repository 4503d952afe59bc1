#!/usr/bin/env node
// The `usersync` command: compiled in a container image, straight from its source in a clone.
import '../scripts/node-version.mjs';
import { existsSync } from 'node:fs';

if (existsSync(new URL('../src/cli/main.ts', import.meta.url))) {
  const { prepare } = await import('../scripts/prepare.mjs');
  await prepare();
  const { runCommandLine } = await import('../scripts/command-line.mjs');
  await runCommandLine(process.argv.slice(2));
} else {
  await import('../dist/cli/main.js');
}
