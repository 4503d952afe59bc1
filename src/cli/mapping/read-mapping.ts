import type { Mapping, MappingProblem } from '../../sync/mapping/mapping.js';
import { checkMapping, type Surroundings } from '../../sync/mapping/check.js';
import { parseMapping } from '../../sync/mapping/parse.js';
import { readTextFile } from '../read-file.js';
import { ProblemsFound } from '../yaml/problems-found.js';

export interface ReadMapping {
  readonly document: string;
  readonly mapping: Mapping;
}

/** @throws CommandFailed when the file cannot be read, ProblemsFound for mistakes in it. */
export async function readMapping(file: string): Promise<ReadMapping> {
  const document = await readTextFile(file);
  const parsed = parseMapping(document);
  if ('problems' in parsed) throw new ProblemsFound(file, parsed.problems);
  return { document, mapping: parsed.mapping };
}

/** Holds the mapping against what is known of the customer. @throws ProblemsFound */
export function refuseMisfits(file: string, mapping: Mapping, surroundings: Surroundings): void {
  const problems: readonly MappingProblem[] = checkMapping(mapping, surroundings);
  if (problems.length > 0) throw new ProblemsFound(file, problems);
}
