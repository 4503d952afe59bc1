import { z } from 'zod';

import { isMailAddress } from '../../mail/address.js';
import type { PHASES } from '../../onboarding/schedule/types.js';
import { customerShape, customerSource } from '../customer/document.js';
import { date, positiveNumber, strict, text, wholeNumber, yesOrNo } from '../yaml/shapes.js';
import { contactProblems } from './contact-problems.js';
import { planProblems } from './plan-problems.js';

/** How contacts are named in messages: `c-hr`, `staff-17`. */
const CONTACT_ID = /^[a-z0-9][a-z0-9-]{0,39}$/;

const contact = strict({
  id: text.regex(CONTACT_ID, 'An id is needed here: lower-case letters, digits and hyphens, such as c-hr or staff-17.'),
  side: z.enum(['customer', 'speakap']),
  role: text.max(60, 'At most 60 letters: it is what others may read, such as HR manager.'),
  name: text.max(120, 'At most 120 letters.'),
  email: text.refine(isMailAddress, 'An e-mail address is needed here.'),
  approves: yesOrNo.optional().transform((given) => given ?? true),
  owns: z
    .array(text, 'A list of deliverables is needed here: [example-record].')
    .optional()
    .transform((given) => given ?? []),
});

const workingDays = wholeNumber(1, 60).optional();

const plan = strict({
  start: date,
  source: z.enum(['sftp', 'api']),
  holidays: z.array(date, 'A list of dates is needed here: [2026-12-25].').max(200, 'At most 200 dates.').optional(),
  durations: strict({
    setup: workingDays,
    mapping: workingDays,
    implementation: workingDays,
    testing: workingDays,
    release: workingDays,
  } satisfies Record<(typeof PHASES)[number], unknown>).optional(),
  speed: positiveNumber(10_000_000).optional(),
});

/**
 * Customer and onboarding in one file. `now` decides what is past. What parts of it say of each other is looked at as well
 * when others are wrong, so that a person mends all of it in one go.
 */
export const onboardingDocument = (now: Date) =>
  strict({
    ...customerShape,
    source: customerSource.optional(),
    contacts: z.array(contact, 'A list of contacts is needed here.'),
    onboarding: plan,
  }).superRefine(
    (value, context) => {
      for (const { path, text: message } of [...contactProblems(value), ...planProblems(value, now)])
        context.addIssue({ code: 'custom', path: [...path], message });
    },
    { when: () => true },
  );

export type OnboardingDocument = z.infer<ReturnType<typeof onboardingDocument>>;
