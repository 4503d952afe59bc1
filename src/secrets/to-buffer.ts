/** A piece of a stream as bytes. @throws TypeError for what is neither bytes nor text. */
export function toBuffer(piece: unknown): Buffer {
  if (Buffer.isBuffer(piece)) return piece;
  if (typeof piece === 'string') return Buffer.from(piece);
  throw new TypeError('A sealed file is made of bytes or text; the stream gave something else.');
}
