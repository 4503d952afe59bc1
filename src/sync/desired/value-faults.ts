import type { Xid } from '../ids.js';
import type { CompiledInvitation, CompiledMapping } from '../mapping/compile.js';
import type { Fault, FaultCode } from '../mapping/fault.js';
import type { Place } from '../mapping/mapping.js';
import type { FaultsIn } from '../mapping/value.js';
import type { Warning } from '../person.js';
import { rowList, rowNumbers, type Row } from './duplicates.js';

type Invitation = CompiledInvitation & { readonly at: Place };

/**
 * A warning for each cell of which no value could be made: a date that is none, a number that nobody could dial, a text
 * that a table lacks. The profile is looked at in the row that gives it, groups in every row that their rule applies to.
 */
export function valueFaults(
  mapping: CompiledMapping,
  xid: Xid,
  rows: readonly Row[],
  invitation: Invitation | null,
): readonly Warning[] {
  const warnings: Warning[] = [];
  const look = (at: Place, faultsIn: FaultsIn | null, those: readonly Row[]): void => {
    if (faultsIn === null) return;
    for (const row of those) warnings.push(...faultsIn(row.fields).map((fault) => toWarning(fault, xid, row, at)));
  };
  const first = rows.slice(0, 1);
  for (const { at, faultsIn } of mapping.profile) look(at, faultsIn, first);
  if (invitation !== null) look(invitation.at, invitation.userNameFaultsIn, first);
  for (const { at, faultsIn, when } of mapping.groups) {
    if (faultsIn !== null)
      look(
        at,
        faultsIn,
        rows.filter(({ fields }) => when(fields)),
      );
  }
  return warnings;
}

function toWarning({ code, column }: Fault, xid: Xid, row: Row, { path, line }: Place): Warning {
  const where = column === null ? '' : ` in the column ${column}`;
  return {
    ...{ code, xid, column },
    rows: rowNumbers([row]),
    text: `${rowList([row])}: ${WHAT[code](where)} (${path}, line ${line}). ${MEND[code]}`,
  };
}

const WHAT: Readonly<Record<FaultCode, (where: string) => string>> = {
  unreadable_date: (where) => `what stands${where} is no day in the format of the mapping`,
  unreadable_phone: (where) => `what stands${where} is no telephone number`,
  not_in_table: (where) => `what stands${where} is not in the table of the mapping`,
  too_many_values: (where) => `there are more than 200 values${where}`,
};

const NOT_USED = 'It is not used; the rest of the row is.';

const MEND: Readonly<Record<FaultCode, string>> = {
  unreadable_date: NOT_USED,
  unreadable_phone: NOT_USED,
  not_in_table: `${NOT_USED} Add it to the table, or say there what becomes of others.`,
  too_many_values: 'None of them is used.',
};
