import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What is installed, generated or somebody's data. */
const NOT_OURS = /(^|\/)(node_modules|dist|coverage|\.git|\.data[^/]*)(\/|$)/;

/** A path inside the repository as an absolute one. */
export const inRepository = (path: string): string => join(ROOT, path);

/** One text for people, as it stands in the repository. */
export interface MarkdownFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Every Markdown file of the repository. */
export function markdownFiles(folder = ROOT): readonly MarkdownFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (NOT_OURS.test(relative(ROOT, path))) return [];
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith('.md') ? [{ path: relative(ROOT, path), text: readFileSync(path, 'utf8') }] : [];
  });
}

export interface Fence {
  readonly language: string;
  readonly text: string;
}

/** Fenced code, also inside lists; indented code counts as a fence without a language. */
export function fencesOf({ text }: MarkdownFile): readonly Fence[] {
  const fenced = [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)].map(
    ([, indent = '', language = '', code = '']) => ({
      language,
      text: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
  const indented = [...withoutFences(text).matchAll(/(?<=\n\n)(?: {4}\S.*\n)+/g)].map(([code]) => ({
    language: '',
    text: code.replaceAll(/^ {4}/gm, ''),
  }));
  return [...fenced, ...indented];
}

function withoutFences(text: string): string {
  return text.replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '');
}

export interface Link {
  /** As written. */
  readonly target: string;
  /** The file it points to, from the root of the repository. */
  readonly path: string;
  /** The heading it points to; null for the file as a whole. */
  readonly anchor: string | null;
}

/** Links and pictures that point into the repository. */
export function linksOf({ path, text }: MarkdownFile): readonly Link[] {
  return [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file = '', anchor = null] = target.split('#');
      return { target, path: file === '' ? path : join(dirname(path), file), anchor };
    });
}

/** The anchors that a reader's browser knows in a text, as GitHub makes them of headings. */
export function anchorsOf({ text }: MarkdownFile): ReadonlySet<string> {
  const headings = [...withoutFences(text).matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}
