import { Option, type Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import type { ApproveOptions, RejectOptions } from './agreement-commands.js';
import { toNumber } from '../whole-number.js';
import { withActor, withEitherActor, type ActorOptions } from './options.js';

/** The concept mapping, from the proposal to the approval. */
export function registerConcepts(onboarding: Command): void {
  const mapping = withExamples(
    onboarding
      .command('mapping')
      .description('concepts of the mapping: what is sent to the customer and decided about'),
    'onboarding mapping show korenaar',
    'onboarding mapping propose korenaar mapping.yaml --by staff-21',
  );
  proposeCommand(mapping);
  showCommand(mapping);
  commentCommand(mapping);
  approveCommand(mapping);
  rejectCommand(mapping);
}

export interface ProposeOptions extends ActorOptions {
  readonly version?: number;
  readonly comment: string;
}

function proposeCommand(mapping: Command): void {
  const command = withActor(
    mapping
      .command('propose')
      .description('send a version of the mapping to the customer as the next concept')
      .argument('<slug>', 'the customer')
      .argument('[file]', 'a mapping document, kept as the next version first; runs go on with the active one'),
  )
    .option('--version <n>', 'a version that is kept already, instead of a file', toNumber)
    .option('--comment <text>', 'with a file: why, for the history', '')
    .action((slug: string, file: string | undefined, options: ProposeOptions, self: Command) =>
      run(self, async (context) => (await import('./propose.js')).proposeMapping(context, slug, file ?? null, options)),
    );
  withExamples(
    command,
    'onboarding mapping propose korenaar --version 1 --by staff-21',
    'onboarding mapping propose korenaar mapping.yaml --by staff-21 --comment "head office on its own"',
  );
}

export const CONCEPT_FORMATS = ['text', 'md', 'html', 'yaml'] as const;

export interface ShowConceptOptions {
  readonly concept?: number;
  readonly format: (typeof CONCEPT_FORMATS)[number];
  readonly out?: string;
}

function showCommand(mapping: Command): void {
  const command = mapping
    .command('show')
    .description('a concept: its lines with what was remarked on them, the document as it was sent, or the mapping')
    .argument('<slug>', 'the customer')
    .option('--concept <n>', 'this concept (default: the latest; before the first one, the drafted mapping)', toNumber)
    .addOption(new Option('--format <format>', 'how it is shown').choices(CONCEPT_FORMATS).default('text'))
    .option('--out <file>', 'write it to this file')
    .action((slug: string, options: ShowConceptOptions, self: Command) =>
      run(self, async (context) => (await import('./show-concept.js')).showConcept(context, slug, options)),
    );
  withExamples(
    command,
    'onboarding mapping show korenaar',
    'onboarding mapping show korenaar --concept 2 --format html --out concept-2.html',
    'onboarding mapping show korenaar --format yaml --out mapping.yaml',
  );
}

export interface CommentOptions extends ActorOptions {
  readonly version: number;
}

function commentCommand(mapping: Command): void {
  const command = withEitherActor(
    mapping
      .command('comment')
      .description('remark on a line of the open concept')
      .argument('<slug>', 'the customer')
      .argument('<line>', 'the line, such as G2')
      .argument('<text>', 'the remark'),
  )
    .requiredOption('--version <n>', 'the version that the concept is made from', toNumber)
    .action((slug: string, line: string, text: string, options: CommentOptions, self: Command) =>
      run(self, async (context) => (await import('./decide.js')).comment(context, slug, line, text, options)),
    );
  withExamples(command, 'onboarding mapping comment korenaar G2 "The bakery is a department." --version 2 --by c-hr');
}

function approveCommand(mapping: Command): void {
  const command = withEitherActor(
    mapping
      .command('approve')
      .description('approve one version, with the one-time code that was mailed to the contact')
      .argument('<slug>', 'the customer'),
  )
    .requiredOption('--version <n>', 'the version that the concept is made from', toNumber)
    .option('--code <code>', 'as mailed to the contact of --by')
    .action((slug: string, options: ApproveOptions, self: Command) =>
      run(self, async (context) => (await import('./decide.js')).approve(context, slug, 'mapping', options)),
    );
  withExamples(command, 'onboarding mapping approve korenaar --version 2 --by c-hr --code K7QM-2XTB');
}

function rejectCommand(mapping: Command): void {
  const command = withEitherActor(
    mapping
      .command('reject')
      .description('request changes; the next concept is made from a newer version')
      .argument('<slug>', 'the customer'),
  )
    .requiredOption('--version <n>', 'the version that the concept is made from', toNumber)
    .requiredOption('--reason <text>', 'why')
    .action((slug: string, options: RejectOptions, self: Command) =>
      run(self, async (context) => (await import('./decide.js')).reject(context, slug, 'mapping', options)),
    );
  withExamples(command, 'onboarding mapping reject korenaar --version 2 --by c-hr --reason "see the comments"');
}
