import type { ConceptLine } from './concept/lines.js';

/** The lines of a concept as they were kept with it. */
export function conceptLines({ lines }: { readonly lines: unknown }): readonly ConceptLine[] {
  return Array.isArray(lines) ? (lines as readonly ConceptLine[]) : [];
}
