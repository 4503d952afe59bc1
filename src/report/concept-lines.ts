interface ConceptLine {
  /** `G2` */
  readonly id: string;
  readonly text: string;
  readonly change: 'same' | 'new' | 'changed' | 'removed';
  /** What it was before, where it changed. */
  readonly before?: string;
}

/** The lines of a concept as they were kept with it. */
export function conceptLines({ lines }: { readonly lines: unknown }): readonly ConceptLine[] {
  return Array.isArray(lines) ? (lines as readonly ConceptLine[]) : [];
}
