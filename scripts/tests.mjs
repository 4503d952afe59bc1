import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from './programs.mjs';
import { inRoot } from './root.mjs';

/** Runs the tests and ends with a line of counts. Answers the exit code. */
export async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'usersync-counts-'));
  try {
    const counts = join(folder, 'counts.json');
    const reporters = ['--reporter=default', `--reporter=${inRoot('test', 'support', 'count-reporter.ts')}`];
    const vitest = inRoot('node_modules', 'vitest', 'vitest.mjs');
    const code = await runNode([vitest, 'run', ...reporters, ...args], { USERSYNC_TEST_COUNTS: counts });
    return tell(readCounts(counts), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A run that ended without counts, or badly without a failed test, is one failure of its own. */
function tell({ passed, failed, skipped }, code) {
  const failures = code !== 0 && failed === 0 ? 1 : failed;
  if (skipped > 0) console.log(`${skipped} skipped`);
  console.log(`${passed} passed, ${failures} failed`);
  return code === 0 && failures > 0 ? 1 : code;
}

function readCounts(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
