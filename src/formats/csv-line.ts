/** One line of CSV (RFC 4180) with its line end. */
export function csvLine(cells: readonly string[]): string {
  // A line of nothing would be no row.
  const [only] = cells;
  return `${cells.length === 1 && only === '' ? '""' : cells.map(quoted).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
