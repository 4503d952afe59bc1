import { isMap, isNode, isScalar, type Document, type LineCounter, type Node, type Scalar } from 'yaml';
import type { Condition, Place } from './mapping.js';

export type Path = readonly (string | number)[];

/** Finds where things stand in the document that a person wrote. */
export class Places {
  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
    private readonly source: string,
  ) {}

  /** The value at a path, or the nearest thing around it that exists. */
  of(path: Path): Place {
    for (let length = path.length; length > 0; length--) {
      const node: unknown = this.document.getIn(path.slice(0, length), true);
      if (isNode(node)) return this.at(path, startOf(node));
    }
    return this.at(path, startOf(this.document.contents));
  }

  /** The key itself, for one that should not be there. */
  ofKey(path: Path, key: string): Place {
    const parent: unknown = path.length === 0 ? this.document.contents : this.document.getIn(path, true);
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    return pair && isNode(pair.key) ? this.at([...path, key], startOf(pair.key)) : this.of(path);
  }

  /** Where the letters of a text begin: behind its quote, or on the line below a `>` or `|`. */
  ofText(path: Path): Place {
    const node: unknown = this.document.getIn(path, true);
    if (!isScalar(node) || !node.range) return this.of(path);
    return this.at(path, this.startOfText(node));
  }

  /** The letters of a text as they stand in the file, from where `ofText` points to. */
  written(path: Path): string {
    const node: unknown = this.document.getIn(path, true);
    if (!isScalar(node) || !node.range) return '';
    return this.source.slice(this.startOfText(node), node.range[1]);
  }

  at(path: Path, offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    return { path: pathText(path), line: Math.max(1, line), column: Math.max(1, col) };
  }

  private startOfText(node: Scalar): number {
    const start = startOf(node);
    if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') return start + 1;
    return node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL' ? this.firstLetterBelow(start) : start;
  }

  private firstLetterBelow(offset: number): number {
    const lineEnd = this.source.indexOf('\n', offset);
    const letter = this.source.slice(lineEnd + 1).search(/\S/);
    return lineEnd === -1 || letter === -1 ? offset : lineEnd + 1 + letter;
  }
}

/** `groups[2].when` */
export function pathText(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

/**
 * The place of a letter of a condition. YAML folds lines and drops escapes, so the letters are matched one by one with
 * what stands in the file, blanks left out.
 */
export function placeInCondition(condition: Condition, offset: number): Place {
  const { source, written, at } = condition;
  let position = 0;
  for (const letter of source.slice(0, offset).replace(/\s/g, '')) {
    position = written.indexOf(letter, position) + letter.length;
  }
  position += written.slice(position).search(/\S|$/);
  const before = written.slice(0, position).split('\n');
  const last = before.at(-1) ?? '';
  if (before.length === 1) return { ...at, column: at.column + last.length };
  return { ...at, line: at.line + before.length - 1, column: last.length + 1 };
}
