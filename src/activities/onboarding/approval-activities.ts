import type { Subject } from '../../onboarding/messages.js';
import { conceptLines } from '../../report/concept-lines.js';
import { issueCode, withdrawCodes, type CodePlace } from '../../store/approval-codes.js';
import { readConcept } from '../../store/concepts.js';
import type { Contact } from '../../store/contacts.js';
import type { OnboardingView } from '../../store/onboardings.js';
import type { ActivityParts } from '../parts.js';
import { lettersOf, MailNotSent, together, type Letters, type Told } from './letters.js';
import { CODE_IS_GOOD_FOR_MS, useMailedCode } from './mailed-code.js';

/** What a code is for; the version of a test is its number. */
export type CodeSubject = Subject | 'test' | 'waves' | 'acceptance';

export interface ApprovalsRequest {
  readonly onboardingId: number;
  readonly subject: CodeSubject;
  readonly version: number;
  readonly words: string;
  /** Instant in the time of the plan. */
  readonly at: string;
  /** New codes for those who have not approved yet. */
  readonly again: { readonly number: number; readonly without: readonly string[] } | null;
}

type SentConcept = NonNullable<Awaited<ReturnType<typeof readConcept>>>;

export interface CodeRequest {
  readonly onboardingId: number;
  readonly subject: CodeSubject;
  readonly version: number;
  readonly contactId: string;
  readonly code: string | null;
  /** Instant in the time of the plan. */
  readonly at: string;
}

export function createApprovalActivities(parts: ActivityParts) {
  const { database } = parts;

  /** The same key however often codes are asked for: whoever has the document does not get it again. */
  function sendConcept(
    letters: Letters,
    view: OnboardingView | null,
    contact: Contact,
    concept: SentConcept,
    { version, at }: ApprovalsRequest,
  ): Promise<Told> {
    const documentName = `concept-mapping-${concept.iteration}.html`;
    const attachment = { fileName: documentName, contentType: 'text/html; charset=utf-8', content: concept.html };
    const due = new Date(view?.schedule?.items.find(({ id }) => id === 'mapping-feedback')?.dueAt ?? at);
    const facts = { ...letters.factsFor(contact), version, documentName, differences: differencesOf(concept), due };
    return letters.send('concept-mapping', contact, String(version), () => facts, [attachment]);
  }

  /** The code is made when its mail is written, so one that was sent stays good. */
  function sendCode(letters: Letters, contact: Contact, request: ApprovalsRequest): Promise<Told> {
    const { onboardingId, subject, version, words, at, again } = request;
    const about = again === null ? `${subject}/${version}` : `${subject}/${version}/${again.number}`;
    const expiresAt = new Date(Date.parse(at) + CODE_IS_GOOD_FOR_MS);
    return letters.send('approval-code', contact, about, async () => ({
      ...letters.factsFor(contact),
      subject: `${codeIsFor(subject, version)}. ${subject === 'mapping' ? '' : words}`.trim(),
      code: await issueCode(database, {
        ...placeOf(onboardingId, subject, version, contact.id),
        ...{ expiresAt, now: new Date(at) },
      }),
      validUntil: expiresAt,
    }));
  }

  return {
    /**
     * Everybody who may approve gets a code of their own, for exactly this version; a concept goes before it as a document, once.
     * @throws MailNotSent when one could not be sent; the others were
     */
    async requestApprovals(request: ApprovalsRequest): Promise<Told> {
      const { onboardingId, subject, version, again } = request;
      const { letters, view } = await lettersOf(parts, onboardingId);
      const concept = subject === 'mapping' ? await readConcept(database, onboardingId, version) : null;
      await withdrawCodes(database, { onboardingId }, `${subject}/${version - 1}`);
      const recipients = letters.contacts.filter(
        ({ id, approves }) => approves && again?.without.includes(id) !== true,
      );
      const told: Told[] = [];
      const failed: MailNotSent[] = [];
      for (const contact of recipients) {
        try {
          if (concept !== null) told.push(await sendConcept(letters, view, contact, concept, request));
          told.push(await sendCode(letters, contact, request));
        } catch (error) {
          if (!(error instanceof MailNotSent)) throw error;
          failed.push(error);
        }
      }
      if (failed[0] !== undefined) throw failed[0];
      return together(told);
    },

    /** Uses up the code that was mailed to a contact. @throws OnboardingRefused with what is wrong with it */
    async useCode({ onboardingId, subject, version, contactId, code, at }: CodeRequest): Promise<void> {
      await useMailedCode(parts, placeOf(onboardingId, subject, version, contactId), code, at);
    },
  };
}

/** As mails say it: `Groups of the network, version 1`. */
export function codeIsFor(subject: CodeSubject, version: number): string {
  return `${SUBJECTS[subject]}, version ${version}`;
}

const SUBJECTS: Readonly<Record<CodeSubject, string>> = {
  groups: 'Groups of the network',
  mapping: 'Concept mapping',
  release: 'Release of the User Sync',
  test: 'Test on an anonymised copy',
  waves: 'Activation of the network in waves',
  acceptance: 'Acceptance of the finalised User Sync',
};

function placeOf(onboardingId: number, subject: CodeSubject, version: number, contactId: string): CodePlace {
  return { onboardingId, subject: `${subject}/${version}`, contactId };
}

/** What is different from the concept before, in the words of its lines. */
function differencesOf(
  concept: Parameters<typeof conceptLines>[0] & { readonly iteration: number },
): readonly string[] {
  if (concept.iteration === 1) return [];
  const changed = conceptLines(concept).filter(({ change }) => change !== 'same');
  return changed.map(({ id, text, change }) => `${id} (${change}): ${text}`);
}
