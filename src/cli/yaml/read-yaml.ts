import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { MappingProblem } from '../../sync/mapping/mapping.js';
import { inOrder } from '../../sync/mapping/parse.js';
import { Places, type Path } from '../../sync/mapping/places.js';
import { didYouMean } from '../../sync/nearest.js';

/** Something in a file that a person must mend, with its place. */
export type FileProblem = MappingProblem;

export type ReadYaml<Value> =
  { readonly value: Value; readonly places: Places } | { readonly problems: readonly FileProblem[] };

/** Reads YAML in which every scalar stays text, so that no id or port is guessed into a number, and holds it against a schema. */
export function readYaml<Value>(text: string, schema: z.ZodType<Value>): ReadYaml<Value> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'failsafe', prettyErrors: false });
  const places = new Places(document, lines, text);
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(({ message, pos }) => ({
        ...places.at([], pos[0]),
        text: `This is no valid YAML: ${message.replace(/\.$/, '')}.`,
      })),
    };
  }
  if (document.contents === null) return { problems: [{ ...places.of([]), text: 'The file is empty.' }] };
  const read = schema.safeParse(document.toJS(), { reportInput: true });
  if (read.success) return { value: read.data, places };
  return { problems: inOrder(read.error.issues.flatMap((issue) => problemsOf(issue, places))) };
}

function problemsOf(issue: z.core.$ZodIssue, places: Places): readonly FileProblem[] {
  const path: Path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    const known = /Known here: (.*)\.$/.exec(issue.message)?.[1]?.split(', ') ?? [];
    return issue.keys.map((key) => ({
      ...places.ofKey(path, key),
      text: `Unknown key \`${key}\`.${didYouMean(key, known) || (known.length > 0 ? ` ${issue.message}` : '')}`,
    }));
  }
  return [{ ...places.of(path), text: textOf(issue) }];
}

function textOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    // A message of the schema's own knows more than the type.
    if (!issue.message.startsWith('Invalid input')) return issue.message;
    return issue.input === undefined
      ? 'This key is missing.'
      : `${EXPECTED[issue.expected] ?? issue.expected} is needed here.`;
  }
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid'))
    return `One of ${issue.values.map(String).join(', ')} is needed here.`;
  return issue.message;
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'A text',
  array: 'A list (lines that begin with `-`)',
  object: 'A group of keys',
  record: 'A group of keys',
};
