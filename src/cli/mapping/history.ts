import { renderTable } from '../../report/table.js';
import { instantWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { listMappings } from '../../store/mappings.js';
import type { Mapping } from '../../store/prisma/client.js';
import type { Context } from '../context.js';
import type { Output } from '../output.js';

/** `mapping history`: who kept which version when and why, and who made it active when; the newest first. */
export async function showHistory(context: Context, slug: string): Promise<void> {
  const database = await context.database();
  const { timeZone } = await readCustomer(database, slug);
  const versions = await listMappings(database, slug);
  const answer = { versions: versions.map(({ document: _, customerId: __, ...entry }) => entry) };
  context.output.answer(answer, () =>
    versions.length === 0
      ? 'There is no mapping yet. "usersync mapping import" keeps one.'
      : historyTable(versions, timeZone, context.output),
  );
}

export function historyTable(versions: readonly Mapping[], timeZone: string, { paint }: Output): string {
  const rows = versions.map(({ version, status, importedBy, createdAt, activatedAt, activatedBy, comment }) => [
    ...[String(version), status, importedBy, instantWords(createdAt, timeZone)],
    ...[activatedAt === null ? '' : instantWords(activatedAt, timeZone), activatedBy ?? '', comment],
  ]);
  const head = ['version', 'status', 'by', `when (${timeZone})`, 'active from', 'made active by', 'comment'];
  return renderTable({ head, right: [0], widths: { 6: 50 } }, rows, paint);
}
