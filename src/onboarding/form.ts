/** One field of a message: what it should be, in words that follow "it should be", and whether a value is that. */
export interface Field {
  readonly words: string;
  readonly isOptional: boolean;
  isRight(value: unknown): boolean;
}

export type Form = Readonly<Record<string, Field>>;

/** What is wrong first with a value that should have this form. */
export type FormProblem =
  | { readonly kind: 'no object' }
  | { readonly kind: 'unknown field'; readonly field: string }
  | { readonly kind: 'wrong field'; readonly field: string; readonly words: string };

/** null when the value has the form. No schema library: this runs within workflows, whose code is loaded for each of them. */
export function problemWith(form: Form, value: unknown): FormProblem | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'no object' };
  const given = Object.entries(value);
  const unknown = given.find(([name]) => !Object.hasOwn(form, name));
  if (unknown !== undefined) return { kind: 'unknown field', field: unknown[0].slice(0, 40) };
  const values = new Map<string, unknown>(given);
  for (const [name, field] of Object.entries(form)) {
    const isMissing = values.get(name) === undefined;
    if (isMissing ? !field.isOptional : !field.isRight(values.get(name))) {
      return { kind: 'wrong field', field: name, words: field.words };
    }
  }
  return null;
}

export function text(words: string, longest: number, pattern = /\S/): Field {
  const isRight = (value: unknown): boolean =>
    typeof value === 'string' && value.length <= longest && pattern.test(value);
  return { words: `${words} of at most ${longest} characters`, isOptional: false, isRight };
}

export function matching(words: string, pattern: RegExp): Field {
  return { words, isOptional: false, isRight: (value) => typeof value === 'string' && pattern.test(value) };
}

export function oneOf(...values: readonly string[]): Field {
  const words = values.map((value) => `"${value}"`).join(' or ');
  return { words, isOptional: false, isRight: (value) => typeof value === 'string' && values.includes(value) };
}

export function yesOrNo(): Field {
  return { words: 'true or false', isOptional: false, isRight: (value) => typeof value === 'boolean' };
}

export function wholeNumber(from: number, to: number): Field {
  const isRight = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= from && Number(value) <= to;
  return { words: `a whole number from ${from} to ${to}`, isOptional: false, isRight };
}

export function listOf(item: Field, most: number): Field {
  const isRight = (value: unknown): boolean =>
    Array.isArray(value) && value.length <= most && value.every((entry) => item.isRight(entry));
  return { words: `a list of at most ${most}, each ${item.words}`, isOptional: false, isRight };
}

export function optional(field: Field): Field {
  return { ...field, isOptional: true };
}
