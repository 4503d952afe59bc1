import { z } from 'zod';

/** A part of the document that may be wrong in itself, and says nothing then. */
const maybe = <Value>(schema: z.ZodType<Value>) => schema.optional().catch(undefined);

const Contact = z
  .object({
    id: maybe(z.string()),
    side: maybe(z.enum(['customer', 'speakap'])),
    approves: maybe(z.boolean()),
    owns: maybe(z.array(maybe(z.string()))),
  })
  .catch({});

const Loose = z
  .object({
    timeZone: maybe(z.string()),
    manager: maybe(z.string()),
    source: maybe(z.object({ kind: maybe(z.string()) })),
    contacts: maybe(z.array(Contact)),
    onboarding: maybe(
      z.object({
        start: maybe(z.string()),
        source: maybe(z.enum(['sftp', 'api'])),
        holidays: maybe(z.array(maybe(z.string()))),
      }),
    ),
  })
  .catch({});

/** What of a document can be held against each other, whatever else is wrong with it. */
export type LooseDocument = z.infer<typeof Loose>;
export type LooseContact = z.infer<typeof Contact>;

export function looseDocument(value: unknown): LooseDocument {
  return Loose.parse(value);
}

/** What parts of the document say of each other and should not. */
export interface CrossProblem {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** What stands in a list a second time, with its place. */
export function doubles<Entry>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string | undefined,
): readonly { readonly at: number; readonly key: string }[] {
  const seen = new Set<string>();
  return entries.flatMap((entry, at) => {
    const key = keyOf(entry);
    if (key === undefined) return [];
    if (seen.has(key)) return [{ at, key }];
    seen.add(key);
    return [];
  });
}
