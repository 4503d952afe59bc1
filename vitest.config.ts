import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Processes, not threads: the SDK's native runtime and process signals are one per process. Two, as for two cores: a third
    // gains little and makes time stand still for the server that skips it.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 180_000,
    // The first hook that wants Temporal on a new machine waits until it is built.
    hookTimeout: 15 * 60_000,
    teardownTimeout: 60_000,
  },
});
