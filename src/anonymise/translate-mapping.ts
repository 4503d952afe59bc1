import {
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { toXid } from '../sync/ids.js';
import type { Disguise } from './disguise.js';
import { isEmail } from './kinds/emails.js';
import { translateExpression } from './plan/translate-expression.js';

/**
 * Writes a mapping for disguised records: ids of exceptions, and ids, names, addresses and numbers in conditions and tables,
 * are disguised as they are in the records. Comments are left out, since people are named in them.
 * @param document the mapping that the disguise was planned for, without faults
 * @throws CannotDisguise when a rule tells an id in it apart from all but a few.
 */
export function translateMapping(document: string, disguise: Disguise): string {
  const parsed = parseDocument(document, { schema: 'failsafe' });
  withoutComments(parsed);
  visit(parsed, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !isNode(value)) return undefined;
      if (key.value === 'comment' && isScalar(value)) return visit.REMOVE;
      translateAt(String(key.value), value, disguise);
      return undefined;
    },
  });
  const columns: unknown = parsed.get('columns');
  if (isMap(columns)) translateColumns(columns, disguise);
  return parsed.toString({ lineWidth: 0 });
}

function withoutComments(document: Document): void {
  document.comment = null;
  document.commentBefore = null;
  visit(document, {
    Node: (_, node) => {
      node.comment = null;
      node.commentBefore = null;
    },
  });
}

function translateAt(key: string, value: Node, disguise: Disguise): void {
  if ((key === 'when' || key === 'active') && isScalar(value)) {
    const source = String(value.value);
    put(
      value,
      translateExpression(source, disguise.plan.scope, (column) => disguise.literalsOf(column)),
    );
  } else if (key === 'externalIds' && isSeq(value)) {
    for (const item of value.items) if (isScalar(item)) put(item, disguise.id(toXid(String(item.value))));
  } else if (isScalar(value) && typeof value.value === 'string' && key !== 'name' && key !== 'role') {
    put(value, withoutDomains(value.value, disguise));
  } else if (isSeq(value)) {
    for (const item of value.items) if (isScalar(item)) put(item, withoutDomains(String(item.value), disguise));
  } else if (isMap(value)) {
    translateTable(value, disguise);
  }
}

/** Templates and fixed texts make addresses too: those must not deliver either. */
function withoutDomains(text: string, disguise: Disguise): string {
  return text.replace(
    /@((?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]+)/gu,
    (_, domain: string) => `@${disguise.domains.of(domain)}`,
  );
}

/** The keys of a table are texts of the column that it is for. */
function translateTable(value: YAMLMap, disguise: Disguise): void {
  const table = value.get('lookup');
  const column: unknown = value.get('column');
  if (!isMap(table) || typeof column !== 'string') return;
  const literals = disguise.literalsOf(column);
  if (literals === null) return;
  for (const pair of table.items) {
    if (isPair(pair) && isScalar(pair.key)) put(pair.key, literals.equal(String(pair.key.value)));
  }
}

/** What stands in a mapping itself and is shown of people: a default address, a fixed number. */
function translateColumns(columns: YAMLMap, disguise: Disguise): void {
  for (const field of ['email', 'upn']) {
    const value: unknown = columns.get(field);
    if (!isMap(value)) continue;
    for (const key of ['value', 'default']) {
      const text: unknown = value.get(key);
      if (typeof text === 'string' && isEmail(text)) value.set(key, withoutDomains(text, disguise));
    }
  }
}

function put(scalar: Scalar, text: string): void {
  if (scalar.value === text) return;
  scalar.value = text;
  // Let the writer choose quotes that fit what stands there now; ids keep their zeros as text in any case.
  delete scalar.type;
}
