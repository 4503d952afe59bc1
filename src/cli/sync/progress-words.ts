import type { RunProgress } from '../../workflows/messages.js';
import { countWords, numberWords } from '../../report/words.js';

/** One line about where a run is; null: no worker has begun with it. */
export function progressWords(progress: RunProgress | null): string {
  if (progress === null) return 'starting';
  const { number, step } = progress;
  return `run ${number}: ${step}${details(progress)}`;
}

function details(progress: RunProgress): string {
  switch (progress.step) {
    case 'planning':
      return progress.read === null ? '' : ` for ${countWords(progress.read.people, 'person', 'people')}`;
    case 'applying':
      return applyingWords(progress);
    default:
      return '';
  }
}

function applyingWords({ kinds }: RunProgress): string {
  const tried = sum(kinds, (kind) => kind.done + kind.failed + kind.skipped);
  const all = sum(kinds, (kind) => kind.planned - kind.held - kind.refused);
  const current = kinds.find((kind) => kind.held === 0 && kind.done + kind.failed + kind.skipped < kind.planned);
  const what = current === undefined ? '' : ` ${current.kind.replaceAll('_', ' ')},`;
  return `${what} ${numberWords(tried)} of ${countWords(all, 'change')}`;
}

function sum<Entry>(entries: readonly Entry[], of: (entry: Entry) => number): number {
  return entries.reduce((total, entry) => total + of(entry), 0);
}
