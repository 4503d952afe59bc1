/** What the command tells the program that called it (`docs/cli.md`). */
export const EXIT = {
  ok: 0,
  /** It did not work, or a part of it did not. */
  failed: 1,
  /** The command line itself is wrong; nothing was tried. */
  usage: 2,
  /** It worked, and changes are held until a person decides. */
  needsDecision: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
