import { createHash } from 'node:crypto';
import { activityInfo, heartbeat } from '@temporalio/activity';
import { checkExample } from '../../proposal/example/check-example.js';
import type { Finding } from '../../proposal/finding.js';
import { headerOf, tellFinding } from './tell-finding.js';
import { readOverview } from '../../proposal/overview/read-overview.js';
import { readCustomer } from '../../store/customers.js';
import { uploadsOf } from '../../store/drop-uploads.js';
import { findOnboardingFile, findSealed, recordFindings, saveOnboardingFile } from '../../store/onboarding-files.js';
import { readOnboarding } from '../../store/onboardings.js';
import type { OnboardingFile } from '../../store/prisma/client.js';
import { toCustomerId } from '../../sync/ids.js';
import type { ActivityParts } from '../parts.js';
import { OnboardingRefused } from '../refusals.js';
import { readHandedOver } from './read-handed-over.js';

export interface Inspected {
  /** Sentences without any cell of a record. */
  readonly finding: string;
  readonly usable: boolean;
  /** Nothing that a person should look at. */
  readonly settled: boolean;
}

interface InspectRequest {
  readonly onboardingId: number;
  readonly item: string;
  readonly by: string;
  /** Name in the customer's folder of the drop. */
  readonly file: string | null;
  /** Number of a file that was stored before. */
  readonly fileId: number | null;
}

/** So many findings are told in a message; the rest stands with the file. */
const TOLD = 8;

export function createDeliverableActivities(parts: ActivityParts) {
  const { database, deliveries, uploads } = parts;

  async function keep({ onboardingId, item, by, file, fileId }: InspectRequest): Promise<OnboardingFile> {
    const { customerId } = await readOnboarding(database, onboardingId);
    if (fileId !== null) {
      const stored = await findOnboardingFile(database, { onboardingId, item, id: fileId });
      if (stored === null) throw new OnboardingRefused(`There is no file ${fileId} for "${item}".`);
      return stored;
    }
    const customer = toCustomerId(customerId);
    const fileName = file ?? '';
    const name = `onboarding-${onboardingId}-${item}-${stepId()}`;
    const sealed = { onboardingId, item, file: deliveries.fileOf(customer, name) };
    if ((await findSealed(database, sealed)) === null) {
      const content = await uploads.read(customer, fileName);
      const kept = await deliveries.keepFile(customer, name, { content, size: null });
      await saveOnboardingFile(database, { ...kept, onboardingId, item, fileName, deliveredBy: by });
    }
    await uploads.discard(customer, fileName);
    const saved = await findSealed(database, sealed);
    if (saved === null) throw new Error('A file that was just stored is gone.');
    return saved;
  }

  return {
    /** Looks at a file that was handed over, at once: readable, what it has to have, sensible. @throws OnboardingRefused */
    async inspectDeliverable(request: InspectRequest): Promise<Inspected> {
      const stored = await keep(request);
      heartbeat();
      const content = await readHandedOver(parts, request.onboardingId, stored.file);
      const { words, findings } = request.item === 'example-record' ? lookAtExample(content) : lookAtOverview(content);
      const usable = findings.every(({ level }) => level !== 'wrong');
      await recordFindings(database, stored.id, { usable, findings });
      const open = findings.filter(({ level }) => level !== 'good');
      return {
        finding: sentenceOf(words, open, usable, headerOf(content)),
        usable,
        settled: usable && open.length === 0,
      };
    },

    /** Whether the customer has uploaded its record to the drop, or to its own server. */
    async lookForUpload({
      onboardingId,
    }: {
      readonly onboardingId: number;
    }): Promise<{ readonly usable: boolean; readonly finding: string }> {
      const { customerId } = await readOnboarding(database, onboardingId);
      const customer = toCustomerId(customerId);
      const { source } = await readCustomer(database, customerId);
      const arrived = await uploadsOf(database, customer);
      if (source?.kind === 'drop' && arrived.length === 0)
        return { usable: false, finding: 'Nothing was uploaded yet.' };
      const { ok, sentence } = await parts.probe(customer);
      return { usable: ok, finding: sentence };
    },

    /** A first read through the real-time connection. */
    async tryRead({
      onboardingId,
    }: {
      readonly onboardingId: number;
    }): Promise<{ readonly usable: boolean; readonly finding: string }> {
      const { customerId } = await readOnboarding(database, onboardingId);
      const { ok, sentence } = await parts.probe(toCustomerId(customerId));
      return { usable: ok, finding: sentence };
    },

    /** Whether credentials of the real-time connection are stored. They never come in a message. @throws OnboardingRefused */
    async lookForCredentials({ onboardingId }: { readonly onboardingId: number }): Promise<Inspected> {
      const { customerId } = await readOnboarding(database, onboardingId);
      const { source } = await readCustomer(database, customerId);
      if (source !== null)
        return { finding: `A connection of the kind ${source.kind} is stored, sealed.`, usable: true, settled: false };
      throw new OnboardingRefused(
        `No credentials are stored for ${customerId}. Store them with "usersync onboarding deliver ${customerId} api-credentials --file source.yaml"; they never go into a message.`,
      );
    },
  };
}

/** The same for every attempt of a step, and for no other step: activities are counted anew in every part of a workflow's history. */
function stepId(): string {
  const { activityId, workflowExecution } = activityInfo();
  return createHash('sha256')
    .update(`${workflowExecution?.runId ?? ''}/${activityId}`)
    .digest('hex')
    .slice(0, 16);
}

interface Looked {
  readonly words: string;
  readonly findings: readonly Finding[];
}

function lookAtExample(content: Buffer): Looked {
  const { rows, columns, findings } = checkExample(content);
  return { words: `${rows} ${rows === 1 ? 'row' : 'rows'}, ${columns.length} columns`, findings };
}

function lookAtOverview(content: Buffer): Looked {
  const { locations, departments, pairs, findings } = readOverview(content);
  const words = `${locations.length} locations, ${departments.length} departments, ${pairs.length} departments at a location`;
  return { words, findings };
}

function sentenceOf(words: string, open: readonly Finding[], usable: boolean, header: readonly string[]): string {
  const told = open.slice(0, TOLD).map((finding) => tellFinding(finding, header));
  const rest = open.length > TOLD ? ` And ${open.length - TOLD} more, see the file.` : '';
  const verdict = usable
    ? open.length === 0
      ? 'In order.'
      : 'Readable; please look at this.'
    : 'It cannot be used so.';
  return `${words}. ${verdict} ${told.join(' ')}${rest}`.trim();
}
