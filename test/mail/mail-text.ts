/** Header fields of a mail in their order, unfolded, as a mail program reads them. */
export function headersOf(raw: string): readonly (readonly [name: string, value: string])[] {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]/g, ' ');
  return head.split('\r\n').map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
}

export function headerOf(raw: string, name: string): string | undefined {
  return headersOf(raw).find(([field]) => field === name)?.[1];
}
