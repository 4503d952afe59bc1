import { dayWords } from '../dates.js';
import type { MessageName } from '../messages.js';
import type { Deed } from '../state.js';

/*
 * What the Temporal UI makes of Markdown: a line break stays one, so that a few lines are a card; lists within lists are
 * drawn as one line; cells of a table touch each other; a code block is not wrapped, code within a line is.
 */

const LONGEST = 300;

/** What people wrote, in one short line that draws nothing. */
export function inLine(text: string, longest = LONGEST): string {
  const line = text
    .replaceAll(/[`*_~<>[\]|\\]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** As the words of a person, who may say nothing, or anything. */
export function quoted(text: string): string {
  return `“${inLine(text)}”`;
}

/** The name of a message and, on a line of its own, its value: three clicks select it. */
export function send(name: MessageName, value: object): string {
  return `\`${name}\`\n\`${JSON.stringify(value)}\``;
}

export function deedWords({ by, at, recordedBy }: Deed): string {
  return `${whoWords(by)} on ${dayWords(at.slice(0, 10))}${writtenDown(recordedBy)}`;
}

export function whoWords(by: string): string {
  return by === 'system' ? 'the system' : by;
}

export function writtenDown(recordedBy: string | null): string {
  return recordedBy === null ? '' : ` (written down by ${recordedBy})`;
}

/** Another workflow of the same namespace. The page is drawn at the root of the UI, so the address is relative to it. */
export function linkTo(workflowId: string, namespace: string): string {
  return `[${workflowId}](namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)})`;
}

/** A few lines that belong together; an empty one is left out. */
export function card(...lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('\n');
}

/** A heading with what stands below it; nothing when that is nothing. */
export function section(title: string, blocks: readonly string[]): readonly string[] {
  return blocks.length === 0 ? [] : [`## ${title}`, ...blocks];
}
