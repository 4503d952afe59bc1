import { conceptLines } from '../../report/concept-lines.js';
import { renderTable } from '../../report/table.js';
import { instantWords } from '../../report/words.js';
import { listConcepts } from '../../store/concepts.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { listMappings } from '../../store/mappings.js';
import { latestOnboarding } from '../../store/onboardings.js';
import type { Mapping } from '../../store/prisma/client.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import type { ShowConceptOptions } from './mapping-commands.js';
import { writeText } from './write-text.js';

type Concept = Awaited<ReturnType<typeof listConcepts>>[number];

/** `onboarding mapping show`: a concept; before the first one, the mapping that was drafted. */
export async function showConcept(context: Context, slug: string, options: ShowConceptOptions): Promise<void> {
  const database = await context.database();
  const { timeZone } = await readCustomer(database, slug);
  const concepts = await listConcepts(database, (await latestOnboarding(database, slug)).id);
  const concept = choose(slug, concepts, options.concept ?? null);
  const mapping = await mappingOf(database, slug, concept);
  const text = textOf(context, slug, concept, mapping, { ...options, timeZone });
  if (context.output.json) {
    context.output.answer(toAnswer(slug, concepts, concept, mapping, options.format, text), () => '');
    return;
  }
  await writeText(context.output, `${text.trimEnd()}\n`, options.out ?? null);
}

/** @throws CommandFailed for a number that no concept has. */
function choose(slug: string, concepts: readonly Concept[], iteration: number | null): Concept | null {
  if (iteration === null) return concepts.at(-1) ?? null;
  const found = concepts.find((concept) => concept.iteration === iteration);
  if (found !== undefined) return found;
  const known = concepts.map((concept) => concept.iteration).join(', ');
  throw new CommandFailed(
    `${slug} has no concept ${iteration}. ${known === '' ? 'None was sent yet' : `There are: ${known}`}.`,
  );
}

/** What the concept is made from; else what is to become the first one. */
async function mappingOf(database: Database, slug: string, concept: Concept | null): Promise<Mapping | null> {
  const [newest, ...older] = await listMappings(database, slug);
  if (concept === null) return newest ?? null;
  return [newest, ...older].find((mapping) => mapping?.version === concept.mappingVersion) ?? null;
}

interface Shown {
  readonly format: ShowConceptOptions['format'];
  readonly timeZone: string;
}

/** @throws CommandFailed when there is nothing to show in this format. */
function textOf(
  { output }: Context,
  slug: string,
  concept: Concept | null,
  mapping: Mapping | null,
  { format, timeZone }: Shown,
): string {
  if (format === 'yaml' || concept === null) {
    if (format === 'md' || format === 'html')
      throw new CommandFailed(`No concept of ${slug} was sent yet, so there is no document of it.`);
    if (mapping === null)
      throw new CommandFailed(
        `${slug} has no concept and no mapping yet. The system drafts one when the setup is done.`,
      );
    return format === 'yaml' ? mapping.document : `${draftWords(slug, mapping)}\n\n${mapping.document}`;
  }
  if (format === 'md') return concept.markdown;
  if (format === 'html') return concept.html;
  const { iteration, mappingVersion, createdAt, result } = concept;
  const title = output.paint.title(`Concept ${iteration} of ${slug}, made from version ${mappingVersion}`);
  const sent = `sent ${instantWords(createdAt, timeZone)}, ${result ?? 'not decided about'}`;
  return `${title}, ${sent}\n${linesOf(concept, output.paint)}`;
}

function draftWords(slug: string, { version, importedBy }: Mapping): string {
  return (
    `No concept was sent yet. The newest mapping is version ${version}, by ${importedBy}. To send it:\n` +
    `  usersync onboarding mapping propose ${slug} --version ${version} --by STAFF-ID`
  );
}

/** Every line with what was remarked on it. */
function linesOf(concept: Concept, paint: Context['output']['paint']): string {
  const rows = conceptLines(concept).flatMap(({ id, text, change, before }) => [
    [id, change === 'same' ? '' : change, before === undefined ? text : `${text} (before: ${before})`],
    ...concept.comments
      .filter(({ line }) => line === id)
      .map(({ by, recordedBy, text: remark }) => ['', 'remark', `${whoWords(by, recordedBy)}: ${remark}`]),
  ]);
  const mark = (row: readonly string[]) => (row[1] === 'remark' ? paint.attention : null);
  return renderTable({ head: ['line', '', ''], widths: { 2: 100 }, mark }, rows, paint);
}

function whoWords(by: string, recordedBy: string | null): string {
  return recordedBy === null ? by : `${by} (written down by ${recordedBy})`;
}

function toAnswer(
  customer: string,
  concepts: readonly Concept[],
  concept: Concept | null,
  mapping: Mapping | null,
  format: ShowConceptOptions['format'],
  text: string,
) {
  return {
    customer,
    concepts: concepts.map(({ iteration, mappingVersion, result }) => ({ iteration, version: mappingVersion, result })),
    concept: concept && {
      ...{ iteration: concept.iteration, version: concept.mappingVersion, result: concept.result },
      lines: conceptLines(concept),
      comments: concept.comments.map(({ onboardingId: _, iteration: __, ...comment }) => comment),
    },
    mappingVersion: mapping?.version ?? null,
    document: format === 'text' ? null : text,
  };
}
