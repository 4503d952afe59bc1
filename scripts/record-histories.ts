/**
 * Records the sample histories of this release anew: runs every kind of run in a small world with made-up people (real
 * Temporal, Postgres, drop and sandbox), and writes the histories to `test/replay/histories`, where `npm test` replays
 * them. To be done, with a look at the difference, whenever the workflows change on purpose: runs that are under way in
 * somebody's Temporal do not change with them, so such a change also needs `patched()` until they have ended.
 *
 *     npx tsx scripts/record-histories.ts             # all of them anew
 *     npx tsx scripts/record-histories.ts orders      # those of one part, which a new kind of run adds
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/replay'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, USERSYNC_RECORD_HISTORIES: process.argv.slice(2).join(',') },
});
process.exitCode = status ?? 1;
