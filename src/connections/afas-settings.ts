import { z } from 'zod';
import { AFAS_OPERATORS, DEFAULT_TAKE, DEFAULT_TIMEOUT_MS, type AfasOperator } from '../sources/afas/settings.js';

const operators = Object.keys(AFAS_OPERATORS) as AfasOperator[];

/** What is kept of an AFAS source, without its token. */
export const AfasSourceSettings = z.object({
  base: z.string().min(1),
  connector: z.string().min(1),
  keyField: z.string().min(1),
  take: z.number().int().default(DEFAULT_TAKE),
  filter: z.array(z.object({ field: z.string(), operator: z.enum(operators), value: z.string() })).default([]),
  timeoutMs: z.number().int().default(DEFAULT_TIMEOUT_MS),
});

export type AfasSourceSettings = z.infer<typeof AfasSourceSettings>;
