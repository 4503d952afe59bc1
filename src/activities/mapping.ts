import { compileMapping, MappingRejected, type CompiledMapping } from '../sync/mapping/compile.js';
import { parseMapping } from '../sync/mapping/parse.js';

/** A kept mapping, ready to map people. @throws MappingRejected when an older version wrote what this one cannot read. */
export function usableMapping({ document }: { readonly document: string }): CompiledMapping {
  const parsed = parseMapping(document);
  if ('problems' in parsed) throw new MappingRejected(parsed.problems);
  return compileMapping(parsed.mapping);
}
