import { runNode } from './programs.mjs';
import { inRoot, say } from './root.mjs';

const program = (...path) => inRoot('node_modules', ...path);

const CHECKS = [
  ['format', program('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ['lint', program('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '.'],
  ['types', program('typescript', 'bin', 'tsc'), '--noEmit'],
  ['import boundaries', program('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), 'src', '--output-type', 'err'],
  ['unused code', program('knip', 'bin', 'knip.js'), '--no-progress'],
];

/** Runs every check, also after one failed. Answers the exit code. */
export async function runChecks() {
  const failed = [];
  for (const [name, ...args] of CHECKS) {
    const start = Date.now();
    const code = await runNode(args, { FORCE_COLOR: process.stderr.isTTY ? '1' : '0' });
    say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    if (code !== 0) failed.push(name);
  }
  say(failed.length === 0 ? 'All checks passed.' : `Checks failed: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}
