import type { Fields } from '../../sync/record.js';
import type { DisguisePlan } from '../plan/plan.js';
import { CountedValues } from './counted-values.js';
import { hashOf, mixed } from './hashes.js';

/** Kept columns whose cells, together, point to few people: whoever knows these of somebody may find them in the test. */
export interface SingledOut {
  readonly columns: readonly string[];
  /** Combinations of cells that fewer than `k` people have. */
  readonly combinations: number;
  /** Who has one of these. */
  readonly people: number;
  readonly proposal: Proposal;
}

/** As people accept it: `Location+JobTitle`. */
export function combinationName({ columns }: Pick<SingledOut, 'columns'>): string {
  return columns.join('+');
}

/**
 * `drop`: leave the column out, no rule needs it as it is; `merge`: put rare values together (in the file, or by a `lookup`);
 * `accept`: let a person accept it by name, since rules need every one of these columns and few people are meant.
 */
export type Proposal = 'merge' | 'drop' | 'accept';

export interface SingledOutOptions {
  /** Below how many people a combination points to somebody. */
  readonly k?: number;
  /** How many columns are combined at most. */
  readonly most?: number;
}

/** Combinations that are counted in one reading: each takes up to 30 MB for a million people who all differ. */
const AT_ONCE = 6;

/**
 * Every smallest combination of kept columns that fewer than `k` people share somewhere (5 by default), most people first. A
 * combination that holds one of these is not told of again.
 * @param rows starts reading the disguised rows from the beginning each time; it is called once for a few combinations
 */
export async function singledOut(
  rows: () => Iterable<Fields> | AsyncIterable<Fields>,
  plan: DisguisePlan,
  { k = 5, most = 3 }: SingledOutOptions = {},
): Promise<readonly SingledOut[]> {
  const columns = [...plan.columns.values()].filter(({ kind }) => kind === 'kept').map(({ column }) => column);
  const found: SingledOut[] = [];
  for (let size = 1; size <= Math.min(most, columns.length); size += 1) {
    const open = combinations(columns, size).filter(
      (each) => !found.some((one) => one.columns.every((c) => each.includes(c))),
    );
    for (let from = 0; from < open.length; from += AT_ONCE) {
      const some = open.slice(from, from + AT_ONCE);
      const counted = await count(rows(), some, plan.mapping.externalId.column);
      some.forEach((each, index) => {
        const { values, people } = counted[index]?.below(k) ?? { values: 0, people: 0 };
        const all = counted[index]?.size ?? 0;
        if (people > 0)
          found.push({
            columns: each,
            combinations: values,
            people,
            proposal: proposalFor(each, plan, { values, all }),
          });
      });
    }
  }
  return found.sort((one, other) => other.people - one.people);
}

async function count(
  rows: Iterable<Fields> | AsyncIterable<Fields>,
  some: readonly (readonly string[])[],
  idColumn: string,
): Promise<readonly CountedValues[]> {
  const counted = some.map(() => new CountedValues());
  for await (const fields of rows) {
    const person = hashOf(fields[idColumn] ?? '');
    some.forEach((columns, index) => {
      const value = columns.reduce((hash, column) => mixed(hash, hashOf((fields[column] ?? '').trim())), 0);
      counted[index]?.add(value, person);
    });
  }
  return counted;
}

function combinations(columns: readonly string[], size: number): readonly (readonly string[])[] {
  if (size === 0) return [[]];
  return columns.flatMap((column, index) =>
    combinations(columns.slice(index + 1), size - 1).map((rest) => [column, ...rest]),
  );
}

/** What no condition and no group is made of is only shown, and can go; where most values are rare, merging is no help to anybody. */
function proposalFor(
  columns: readonly string[],
  { columns: plans }: DisguisePlan,
  { values, all }: { readonly values: number; readonly all: number },
): Proposal {
  const isOnlyShown = columns.some((column) => {
    const space = plans.get(column)?.space;
    return space !== undefined && space.atoms.length === 0 && space.rule.startsWith('columns.');
  });
  if (isOnlyShown) return 'drop';
  return values * 2 <= all ? 'merge' : 'accept';
}
