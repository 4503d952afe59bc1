import { isAlias, LineCounter, parseDocument, visit, type Document as YamlDocument } from 'yaml';
import type { z } from 'zod';
import { didYouMean } from '../nearest.js';
import { tryCompile } from './compile.js';
import { contradictions } from './contradictions.js';
import type { Mapping, MappingProblem } from './mapping.js';
import { Places, type Path } from './places.js';
import { readDocument } from './read.js';
import { documentSchema } from './schema.js';

export type ParsedMapping = { readonly mapping: Mapping } | { readonly problems: readonly MappingProblem[] };

/** Reads a mapping document (`docs/mapping.md`). Every problem comes with the line and column where a person can mend it. */
export function parseMapping(text: string): ParsedMapping {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'failsafe', prettyErrors: false });
  const places = new Places(document, lines, text);
  const broken = yamlProblems(document, places, text);
  if (broken.length > 0) return { problems: broken };
  if (document.contents === null)
    return { problems: [{ ...places.of([]), text: 'The document is empty: it begins with `format: 1`.' }] };

  const read = documentSchema.safeParse(document.toJS(), { reportInput: true });
  if (!read.success) return { problems: read.error.issues.flatMap((issue) => shapeProblems(issue, places)) };

  const mapping = readDocument(read.data, places);
  const problems = [...tryCompile(mapping, null).problems, ...contradictions(mapping)];
  return problems.length > 0 ? { problems: inOrder(problems) } : { mapping };
}

/** `korenaar.yaml:12:7 groups[0].when: Unknown field ...` */
export function renderProblem(problem: MappingProblem, fileName: string): string {
  const path = problem.path === '' ? '' : `${problem.path}: `;
  return `${fileName}:${problem.line}:${problem.column} ${path}${problem.text}`;
}

export function inOrder(problems: readonly MappingProblem[]): readonly MappingProblem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}

function yamlProblems(document: YamlDocument, places: Places, source: string): readonly MappingProblem[] {
  const problems = document.errors.map((error) => ({
    ...places.at([], error.pos[0]),
    text: `This is no valid YAML: ${error.message}.${quoteHint(error.message, error.pos[0], source)}`.replace(
      '..',
      '.',
    ),
  }));
  visit(document, {
    Alias: (_, node) => {
      if (isAlias(node))
        problems.push({ ...places.at([], node.range?.[0] ?? 0), text: 'Aliases (`*name`) are not read.' });
    },
  });
  return problems;
}

/** The one trap of expressions in YAML: a value that begins with a quote ends at the next one. */
function quoteHint(message: string, offset: number, source: string): string {
  const line = source.slice(source.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? '';
  if (!/:\s+['"]/.test(line) || !/quote|scalar|unexpected/i.test(message)) return '';
  return ' An expression that begins with a quote goes on a line of its own below `when: >`.';
}

function shapeProblems(issue: z.core.$ZodIssue, places: Places): readonly MappingProblem[] {
  const path: Path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...places.ofKey(path, key),
      text: issue.message.replace(`\`${issue.keys[0]}\``, `\`${key}\``),
    }));
  }
  return [{ ...places.of(path), text: shapeText(issue) }];
}

function shapeText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    const given = typeof issue.input === 'string' ? didYouMean(issue.input, known) : '';
    return issue.message.startsWith('Invalid') ? `One of ${known.join(', ')} is needed here.${given}` : issue.message;
  }
  if (issue.code !== 'invalid_type') return issue.message;
  if (issue.input === undefined) return 'This key is missing.';
  return `${EXPECTED[issue.expected] ?? issue.expected} is needed here.`;
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'A text',
  array: 'A list (lines that begin with `-`)',
  object: 'A group of keys',
  record: 'A group of keys',
};
