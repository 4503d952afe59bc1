import type { IncomingMessage } from 'node:http';

const MOST_BYTES = 2_000;

/** What a form sent along; empty for anything that our own pages would not send. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return new URLSearchParams(isForm && bytes <= MOST_BYTES ? Buffer.concat(chunks).toString('latin1') : '');
}
