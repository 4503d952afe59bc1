import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { runQuietly } from './programs.mjs';
import { inRoot } from './root.mjs';

const lock = () => inRoot('package-lock.json');
// Inside node_modules, which an installation empties first: one that was cut off has no stamp.
const stamp = () => inRoot('node_modules', '.usersync-lock-sha256');

/** Installs exactly what package-lock.json names, unless that was done before. */
export async function installDependencies() {
  const wanted = createHash('sha256').update(readFileSync(lock())).digest('hex');
  if (readOr(stamp(), '') === wanted) return;
  if (!wasInstalledByHand()) await install();
  writeFileSync(stamp(), wanted);
}

/** Without install scripts: none of the dependencies needs one, and nothing of theirs runs before we start it. */
async function install() {
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional'];
  const npm = process.env.npm_execpath;
  const [command, prefix] = npm?.endsWith('npm-cli.js') ? [process.execPath, [npm]] : ['npm', []];
  await runQuietly('Installing dependencies', command, [...prefix, ...args]);
}

/** npm writes this second lock file as the last step of an installation: a developer's own `npm install` counts. */
function wasInstalledByHand() {
  const installed = packagesOf(inRoot('node_modules', '.package-lock.json'));
  const wanted = packagesOf(lock());
  if (installed === null || wanted === null) return false;
  const isThere = ([path, entry]) =>
    path === '' || installed[path]?.version === entry.version || (!installed[path] && isOptional(entry));
  const isWanted = ([path]) => wanted[path] !== undefined && existsSync(inRoot(path));
  return Object.entries(wanted).every(isThere) && Object.entries(installed).every(isWanted);
}

const isOptional = (entry) => entry.optional === true || entry.devOptional === true;

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

function readOr(path, fallback) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return fallback;
  }
}
