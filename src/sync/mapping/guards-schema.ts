import { z } from 'zod';
import { strict } from './strict.js';

const wholeNumber = z
  .string('a number')
  .regex(/^\d{1,9}$/, 'A whole number is needed here.')
  .transform(Number);
const percent = z
  .string('a number')
  .regex(/^\d{1,3}(\.\d+)?$/, 'A share in percent is needed here, from 0 to 100.')
  .transform(Number)
  .refine((number) => number <= 100, 'A share in percent is needed here, from 0 to 100.');

const limit = strict({ percent: percent.optional(), count: wholeNumber.optional(), floor: wholeNumber.optional() });
/** Suspensions are always limited; whoever wants none writes the numbers down that say so. */
const limitOrNone = z.union([z.literal('none'), limit], {
  error: (issue) =>
    typeof issue.input === 'string' ? 'Give `percent`, `count` and `floor`, or `none` for no limit.' : undefined,
});

const runsOrNever = z.union(
  [z.literal('never'), wholeNumber.refine((runs) => runs > 0, 'At least one run is needed.')],
  {
    error: 'A number of runs from 1 is needed here, or `never`.',
  },
);

const delivery = strict({
  minimumRows: wholeNumber.optional(),
  shrink: limitOrNone.optional(),
  badRows: limitOrNone.optional(),
  damagedRows: limitOrNone.optional(),
  maximumAgeInDays: wholeNumber.optional(),
  repeated: z.enum(['refuse', 'accept']).optional(),
});

const patience = { snapshots: wholeNumber.optional(), days: wholeNumber.optional() };
const missing = strict({ ...patience, leaveGroups: strict(patience).optional() }).refine(
  ({ leaveGroups, ...suspension }) => leaveGroups === undefined || isBefore(leaveGroups, suspension),
  {
    path: ['leaveGroups'],
    error:
      'This would never come before the suspension: give fewer `snapshots` or `days` than `missing` has, and more of neither.',
  },
);

function isBefore(one: DocumentPatience, other: DocumentPatience): boolean {
  const [early, late] = [filledPatience(one), filledPatience(other)];
  const isLater = early.snapshots > late.snapshots || early.days > late.days;
  return !isLater && (early.snapshots < late.snapshots || early.days < late.days);
}

/** The first delivery without somebody is enough when nothing is said. */
export function filledPatience({ snapshots = 1, days = 0 }: DocumentPatience) {
  return { snapshots: Math.max(1, snapshots), days };
}

export const guardsSchema = strict({
  delivery: delivery.optional(),
  missing: missing.optional(),
  creations: limitOrNone.optional(),
  restorations: limitOrNone.optional(),
  updates: limitOrNone.optional(),
  joins: limitOrNone.optional(),
  promotions: limitOrNone.optional(),
  demotions: limitOrNone.optional(),
  invitations: limitOrNone.optional(),
  leaves: limitOrNone.optional(),
  suspensions: limit.optional(),
  giveUpAfter: runsOrNever.optional(),
  whenHeld: z.enum(['continue', 'wait']).optional(),
  abort: limit.optional(),
});

export type DocumentGuards = z.infer<typeof guardsSchema>;
export type DocumentLimit = z.infer<typeof limit>;
export type DocumentPatience = { readonly snapshots?: number | undefined; readonly days?: number | undefined };
export type DocumentDelivery = z.infer<typeof delivery>;
