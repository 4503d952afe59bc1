export { dailySync } from './daily-sync.js';
export { startDailySync } from './start-daily-sync.js';
export { mappingIteration } from './onboarding/mapping-iteration.js';
export { onboarding } from './onboarding/onboarding.js';
export { testOnCopy } from './testing/test-on-copy.js';
export { sweepTests } from './testing/sweep-tests.js';
export { release } from './release/release.js';
