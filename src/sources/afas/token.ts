/** The text is no AFAS token. It is never repeated: it may be another secret. */
export class UnusableToken extends RangeError {
  override readonly name = 'UnusableToken';
  constructor(what: string) {
    super(
      `This is no AFAS token: ${what}. Enter it as AFAS gives it out, <token><version>1</version><data>...</data></token>, ` +
        'or the letters and digits between <data> and </data> alone.',
    );
  }
}

/**
 * The data part of a token, from any form that people have at hand: the XML as AFAS gives it out, its data part alone, its
 * base64 form, or the whole header. @throws UnusableToken
 */
export function readAfasToken(text: string): string {
  const given = text
    .replace(/^\ufeff/, '')
    .trim()
    .replace(/^(Authorization:\s*)?AfasToken\s+/i, '');
  if (given === '') throw new UnusableToken('it is empty');
  if (given.startsWith('<')) return dataOf(given);
  const decoded = decodeBase64(given.replace(/\s+/g, ''));
  if (decoded?.startsWith('<token>')) return dataOf(decoded);
  if (decoded?.includes('<data>')) throw new UnusableToken('it is a base64 form of something else');
  return checkData(given);
}

/** The header that AFAS wants: base64 of the whole XML. The plain XML is answered with HTTP 500. */
export function authorisationOf(data: string): string {
  const xml = `<token><version>1</version><data>${data}</data></token>`;
  return `AfasToken ${Buffer.from(xml, 'utf8').toString('base64')}`;
}

function dataOf(xml: string): string {
  const found = /^<token>\s*<version>\s*(\d+)\s*<\/version>\s*<data>([^<]*)<\/data>\s*<\/token>$/.exec(xml.trim());
  if (found === null) throw new UnusableToken('it is not whole, or it is other XML');
  const [, version, data = ''] = found;
  if (version !== '1') throw new UnusableToken('its version is not 1, which is the only one that is known');
  return checkData(data.trim());
}

/** 64 hexadecimal digits in all that AFAS gives out; how long they are is not promised. */
function checkData(data: string): string {
  if (/^[A-Za-z0-9]{16,256}$/.test(data)) return data;
  throw new UnusableToken('its data part is made of at least 16 letters and digits, and of nothing else');
}

function decodeBase64(text: string): string | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  return Buffer.from(text, 'base64').toString('utf8').trim();
}
