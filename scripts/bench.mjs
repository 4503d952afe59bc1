import { runNode } from './programs.mjs';
import { inRoot } from './root.mjs';

/** Measures the system in processes of its own, straight from its TypeScript. Answers the exit code. */
export function runBench(args) {
  return runNode(['--import', 'tsx', inRoot('bench', 'main.ts'), ...args]);
}
