import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Writes how many tests passed, failed and were skipped to the file named in USERSYNC_TEST_COUNTS, for `scripts/run.mjs`. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const path = process.env['USERSYNC_TEST_COUNTS'];
    if (path === undefined) return;
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const count = (state: string) => states.filter((other) => other === state).length;
    const broken = modules.flatMap(errorsOutsideTests).length + unhandled.length;
    writeFileSync(
      path,
      JSON.stringify({ passed: count('passed'), failed: count('failed') + broken, skipped: count('skipped') }),
    );
  }
}

/** A file that cannot be loaded and a hook that fails have no failed test of their own. */
function errorsOutsideTests(module: TestModule): readonly unknown[] {
  return [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())];
}
