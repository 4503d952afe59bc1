import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { bodyTooLarge, invalidRequest } from './refusal.js';

const MOST_BYTES = 8 * 1024 * 1024;

/** @throws Refusal 413; the rest of a body that is too large is thrown away. */
export function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_BYTES) chunks.push(chunk);
    });
    request.on('end', () => {
      if (size > MOST_BYTES) reject(bodyTooLarge());
      else resolve(Buffer.concat(chunks).toString('utf8'));
    });
    request.on('error', reject);
  });
}

/** Parses and checks a JSON body. @throws Refusal 400 that names members, never a value. */
export function parseJson<T>(body: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(fromJson(body));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  throw invalidRequest(`${where === '' ? 'body' : where}: ${issue?.message ?? 'invalid'}`, 'invalidValue');
}

function fromJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw invalidRequest('the body is not JSON');
  }
}

/** `application/json; charset=utf-8` is `application/json`. */
export function mediaTypeOf(header: string | undefined): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
