import { z } from 'zod';
import { UnreadableAnswer } from '../api-errors.js';
import { parseWithNumbersAsText } from './json.js';

/** The shapes of AFAS' answers (`hr-sources.md`, 2), as far as they are used. Numbers are read as the text that stands there. */

const cell = z.union([z.string(), z.boolean(), z.null()]);
const row = z.record(z.string(), cell);
/** One row of a connector: text, `true` or `false`, or nothing. */
export type AfasRow = z.infer<typeof row>;

const wholeNumber = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .transform(Number);

export const pageAnswer = z.object({
  /** What was asked for, or how many came: the documents do not agree. */
  take: wholeNumber.nullish().catch(null),
  rows: z.array(row),
});

const text = z.string().nullish();

export const fieldsAnswer = z.object({
  fields: z.array(z.object({ id: z.string().min(1), dataType: text, type: text, label: text })),
});

export const connectorsAnswer = z.object({ getConnectors: z.array(z.object({ id: z.string() })) });

/** What an error answer says. Its words are not trusted (failures.ts). */
const errorBody = z.object({
  externalMessage: z.string().optional().catch(undefined),
  profitLogReference: z.string().optional().catch(undefined),
  retry_after: wholeNumber.optional().catch(undefined),
});
export type ErrorBody = z.infer<typeof errorBody>;

/** @throws UnreadableAnswer, naming members and never values. */
export function readAnswer<T>(schema: z.ZodType<T>, body: string, address: string): T {
  const result = schema.safeParse(jsonOf(body, address));
  if (result.success) return result.data;
  throw new UnreadableAnswer(address, `an answer that is not as documented: ${complaintOf(result.error)}`);
}

export function readErrorBody(body: string): ErrorBody {
  try {
    return errorBody.catch({}).parse(parseWithNumbersAsText(body));
  } catch {
    return {};
  }
}

function jsonOf(body: string, address: string): unknown {
  try {
    return parseWithNumbersAsText(body);
  } catch {
    throw new UnreadableAnswer(address, `${kindOf(body)} instead of JSON`);
  }
}

function kindOf(body: string): string {
  const start = body.trimStart();
  if (start === '') return 'an empty answer';
  if (start.startsWith('<')) return 'a web page';
  return start.startsWith('{') || start.startsWith('[') ? 'cut-off or broken JSON' : 'a text';
}

/** Members' names are fields of the connector; what stands in place of one is not told. */
function complaintOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  const place = (issue?.path ?? []).filter((part) => typeof part === 'string').join('.');
  return `"${place || 'the whole answer'}" is missing or of another kind`;
}
