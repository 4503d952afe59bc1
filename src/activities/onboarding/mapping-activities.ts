import { heartbeat } from '@temporalio/activity';
import { namesIn } from '../../proposal/overview/overview.js';
import { profileColumns } from '../../proposal/profile/profile-columns.js';
import { isTaken } from '../../proposal/propose/proposal.js';
import { proposeMapping } from '../../proposal/propose/propose-mapping.js';
import { renderMapping } from '../../proposal/render/render-mapping.js';
import { renderConcept } from '../../report/concept/concept.js';
import { closeConcept, listConcepts, saveComment, saveConcept } from '../../store/concepts.js';
import { saveCoverage } from '../../store/coverage.js';
import { readCustomer } from '../../store/customers.js';
import {
  activateMapping,
  approveMapping,
  proposeMapping as markProposed,
  saveDraftOnce,
} from '../../store/mappings.js';
import { readOnboarding, viewOf } from '../../store/onboardings.js';
import type { RuleId } from '../../onboarding/deliverables.js';
import { longDate } from '../../onboarding/calendar/date-words.js';
import { toCustomerId } from '../../sync/ids.js';
import { effectOfMapping } from '../effect-of-mapping.js';
import { coverageOfMapping } from '../coverage-of-mapping.js';
import { conceptLines } from '../../report/concept-lines.js';
import type { ActivityParts } from '../parts.js';
import { OnboardingRefused } from '../refusals.js';
import { latestOverview } from './overview.js';

export function createMappingActivities(parts: ActivityParts) {
  const { database, sources } = parts;
  return {
    /** A first mapping from the columns of the record and the overview, kept as a draft for the engineer. */
    async draftMapping({ onboardingId }: { readonly onboardingId: number }) {
      const { customerId } = await readOnboarding(database, onboardingId);
      const customer = toCustomerId(customerId);
      const overview = await latestOverview(parts, onboardingId);
      const source = await sources.open(customer);
      try {
        const delivery = await source.newest({ onProgress: () => heartbeat() });
        const profile = await profileColumns(delivery.content, { names: namesIn(overview) });
        const proposal = proposeMapping({ profile, overview });
        const version = await saveDraftOnce(database, {
          ...{
            customer,
            document: renderMapping(proposal),
            importedBy: 'system',
            comment: 'proposed from the columns',
          },
        });
        const taken = proposal.decisions.filter(isTaken);
        const unsure = taken.filter(({ word }) => word !== 'high').length;
        const words =
          `Version ${version} is proposed from ${proposal.columns.length} columns: ${taken.length} decisions, ${unsure} of them unsure, ` +
          `${proposal.questions.length} questions for the customer. Read and edit it, then send it: usersync onboarding mapping show ${customer}`;
        return { version, words };
      } finally {
        await source.close();
      }
    },

    /** Writes the document of a concept: what every column becomes and what a version does to the latest record. @throws OnboardingRefused */
    async openConcept(request: {
      readonly onboardingId: number;
      readonly iteration: number;
      readonly version: number;
      readonly run: number;
      readonly at: string;
    }) {
      const { onboardingId, iteration, version, run, at } = request;
      const onboarding = await readOnboarding(database, onboardingId);
      const customer = toCustomerId(onboarding.customerId);
      const { name } = await readCustomer(database, customer);
      const { mapping, columns, effect } = await effectOfMapping(database, customer, version, null, () => heartbeat());
      const earlier = (await listConcepts(database, onboardingId))
        .filter((concept) => concept.iteration < iteration)
        .at(-1);
      const questions =
        viewOf(onboarding)?.questions.filter(({ answer, side }) => answer === null && side === 'customer') ?? [];
      const concept = renderConcept({
        ...{ customerName: name, version, iteration, date: longDate(at.slice(0, 10)), mapping, effect, columns },
        previous: earlier === undefined ? null : conceptLines(earlier),
        comments: earlier?.comments.map(({ line, by, text }) => ({ line, by, text })) ?? [],
        questions: questions.map(({ id, text }) => ({ id, text })),
      });
      await saveConcept(database, { onboardingId, iteration, mappingVersion: version, ...concept });
      await markProposed(database, customer, version);
      const changed =
        earlier === undefined
          ? ''
          : `, ${concept.lines.filter(({ change }) => change !== 'same').length} lines changed`;
      const words =
        `${effect.people.active} of ${effect.people.read} people land in ${effect.groups.length} groups, ${effect.people.leftOut} are left over` +
        `${changed}. Dry run ${run}; the document: usersync onboarding mapping show ${customer} --concept ${iteration}`;
      return { words };
    },

    /** Keeps a comment on a line of a concept. @throws OnboardingRefused when the concept has no such line */
    async saveComment(comment: {
      readonly onboardingId: number;
      readonly iteration: number;
      readonly line: string;
      readonly by: string;
      readonly recordedBy: string | null;
      readonly text: string;
      readonly at: string;
    }): Promise<void> {
      const concepts = await listConcepts(database, comment.onboardingId);
      const concept = concepts.find(({ iteration }) => iteration === comment.iteration);
      const known = concept === undefined ? [] : conceptLines(concept).map(({ id }) => id);
      if (!known.includes(comment.line)) {
        throw new OnboardingRefused(
          `Concept ${comment.iteration} has no line "${comment.line}". It has: ${known.join(', ')}.`,
        );
      }
      await saveComment(database, { ...comment, at: new Date(comment.at) });
    },

    /** A concept was decided about; an approved one makes its version of the mapping approved. */
    async closeConcept({
      onboardingId,
      iteration,
      result,
      at,
    }: {
      readonly onboardingId: number;
      readonly iteration: number;
      readonly result: 'approved' | 'changes requested';
      readonly at: string;
    }): Promise<void> {
      await closeConcept(database, { onboardingId, iteration, result, at: new Date(at) });
      if (result !== 'approved') return;
      const { customerId } = await readOnboarding(database, onboardingId);
      const concept = (await listConcepts(database, onboardingId)).find((entry) => entry.iteration === iteration);
      if (concept !== undefined) await approveMapping(database, toCustomerId(customerId), concept.mappingVersion);
    },

    /** What was decided about a concept; null while nothing was. */
    async readConceptResult({
      onboardingId,
      iteration,
    }: {
      readonly onboardingId: number;
      readonly iteration: number;
    }) {
      const concept = (await listConcepts(database, onboardingId)).find((entry) => entry.iteration === iteration);
      return { result: concept?.result ?? null };
    },

    /** Makes the approved version the active one, and says of each business rule how the dry run shows it. */
    async showRules({
      onboardingId,
      version,
      run,
      approvedBy = [],
    }: {
      readonly onboardingId: number;
      readonly version: number;
      readonly run: number;
      /** Contacts on both sides; workflows of older releases do not say it. */
      readonly approvedBy?: readonly string[];
    }) {
      const { customerId } = await readOnboarding(database, onboardingId);
      const customer = toCustomerId(customerId);
      const { runId, coverages } = await coverageOfMapping(database, customer, version, () => heartbeat());
      await saveCoverage(database, onboardingId, runId, coverages);
      await activateMapping(database, customer, version, approvedBy.length === 0 ? 'system' : approvedBy.join(', '));
      return coverages.map(({ item, state, sentence }) => ({
        item: item satisfies RuleId,
        covered: state !== 'not shown',
        finding: `${sentence} Dry run ${run}: usersync sync report ${customer} --run ${run}`,
      }));
    },
  };
}
