import { NetworkError } from '../network/errors.js';
import { stopsEverything, type ApplyParts } from './batch.js';

/** Enough to find about ten among a batch of hundreds; a network that refuses more than that is not asked one by one. */
const MOST_REFUSALS = 100;

/**
 * One call for many people. When it is refused, by halves down to the people because of whom it is; these are answered, each
 * with the reason. Only for calls that may be repeated.
 * @throws NetworkError when the next person would meet the same.
 */
export async function askByHalves<Item>(
  { signal }: Pick<ApplyParts, 'signal'>,
  items: readonly Item[],
  ask: (some: readonly Item[]) => Promise<void>,
): Promise<ReadonlyMap<Item, string>> {
  const problems = new Map<Item, string>();
  const waiting = items.length === 0 ? [] : [items];
  let refusals = 0;
  for (let some = waiting.pop(); some !== undefined; some = waiting.pop()) {
    signal.throwIfAborted();
    const problem = await refusalOf(some, ask);
    if (problem === null) continue;
    refusals += 1;
    if (some.length > 1 && refusals < MOST_REFUSALS) waiting.push(...halvesOf(some));
    else for (const item of some) problems.set(item, problem);
  }
  return problems;
}

async function refusalOf<Item>(
  some: readonly Item[],
  ask: (some: readonly Item[]) => Promise<void>,
): Promise<string | null> {
  try {
    await ask(some);
    return null;
  } catch (error) {
    if (!(error instanceof NetworkError) || stopsEverything(error)) throw error;
    return error.message;
  }
}

/** The second half first: the last one pushed is the next one asked. */
function halvesOf<Item>(some: readonly Item[]): readonly [readonly Item[], readonly Item[]] {
  const middle = Math.ceil(some.length / 2);
  return [some.slice(middle), some.slice(0, middle)];
}
