export { dailySync } from './daily-sync.js';
export { startDailySync } from './start-daily-sync.js';
