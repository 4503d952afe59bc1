/** What the drop needs of a logger (pino has it). Fields are ids, addresses, paths and counts: never contents, never passwords. */
export interface DropLog {
  info(fields: Readonly<Record<string, unknown>>, text: string): void;
  warn(fields: Readonly<Record<string, unknown>>, text: string): void;
}
