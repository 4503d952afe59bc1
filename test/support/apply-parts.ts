import type { ApplyParts } from '../../src/apply/batch.js';

/** What applying asks of the other rooms, where nothing is sealed, nobody else has an account, and nothing is written down. */
export function applyParts(own: Pick<ApplyParts, 'network'> & Partial<ApplyParts>): ApplyParts {
  return {
    ...{ groups: new Map(), roles: new Map(), isRepeated: false, concurrency: 1 },
    record: () => Promise.resolve(),
    rememberGroup: () => Promise.resolve(),
    ownerOf: () => Promise.resolve(null),
    isInRecord: () => Promise.resolve(false),
    ...{ sealPassword: () => '', openPassword: () => '', movePassword: () => '' },
    leavingPeople: () => Promise.resolve(new Map()),
    ...{ signal: new AbortController().signal, onProgress: () => undefined },
    ...own,
  };
}
