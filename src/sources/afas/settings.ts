/** Which connector of which AFAS Profit environment is read, and how. */
export interface AfasSettings {
  /** `https://12345.rest.afas.online/ProfitRestServices`; `afasBase()` makes it of an environment. */
  readonly base: string;
  /** Id of the GetConnector: `T4E_HelloID_Users_v2`. */
  readonly connector: string;
  /** As the customer received it, or any of the forms that `readAfasToken` takes. */
  readonly token: string;
  /** The field that identifies an employee, by which the pages are sorted. Several rows may have the same one. */
  readonly keyField: string;
  /** Rows in one page; default 1,000. AFAS advises fewer than 150,000 cells. */
  readonly take?: number;
  /** All of them must hold. What is more is part of the connector itself. */
  readonly filter?: readonly AfasFilter[];
  /** How long one page may take. Default 120 s; AFAS itself gives up after 15 minutes. */
  readonly timeoutMs?: number;
}

export interface AfasFilter {
  readonly field: string;
  readonly operator: AfasOperator;
  /** Empty for `empty` and `not empty`. */
  readonly value: string;
}

/** The operators by AFAS' numbers (`hr-sources.md`, 2). */
export const AFAS_OPERATORS = {
  equal: 1,
  'greater or equal': 2,
  'less or equal': 3,
  greater: 4,
  less: 5,
  contains: 6,
  'not equal': 7,
  empty: 8,
  'not empty': 9,
  'starts with': 10,
  'does not contain': 11,
  'does not start with': 12,
  'ends with': 13,
  'does not end with': 14,
  'quick filter': 15,
} as const;

export type AfasOperator = keyof typeof AFAS_OPERATORS;

export const DEFAULT_TAKE = 1_000;
/** The last row of a page is asked for twice, so a page needs some more than that. */
export const SMALLEST_TAKE = 3;
export const DEFAULT_TIMEOUT_MS = 120_000;
const SERVICES = '/ProfitRestServices';
/** AFAS answers 404 when the query is longer than 2,049 characters. */
const LONGEST_QUERY = 2_000;

/** The production address of an environment, which is a number. @throws RangeError */
export function afasBase(environment: string): string {
  if (!/^\d{1,10}$/.test(environment)) {
    throw new RangeError('The number of the environment is needed here, 12345; another address is given as `base`.');
  }
  return `https://${environment}.rest.afas.online${SERVICES}`;
}

/**
 * A base address as it is used: with AFAS' path where none is given, without a slash at the end.
 * @throws RangeError when a token must not be sent there.
 */
export function checkAfasBase(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new RangeError('A web address is needed here, https://12345.resttest.afas.online/ProfitRestServices.');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new RangeError(
      'This address is not encrypted, and the token would be sent readable: it must begin with https://.',
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new RangeError('An address without login, ? and # is needed here.');
  }
  const path = url.pathname.replace(/\/+$/, '');
  return url.origin + (path === '' ? SERVICES : path);
}

/** @throws RangeError for a field or value that would change the question. */
export function checkAfasField(field: string): string {
  if (/^-|[,;\s'"]/.test(field) || field === '') {
    throw new RangeError('The id of one field is needed here, without commas, blanks or a minus: Medewerker.');
  }
  return field;
}

/** @throws RangeError */
export function checkAfasFilter({ field, value }: AfasFilter): void {
  checkAfasField(field);
  if (/[,;]/.test(value)) {
    throw new RangeError(
      'AFAS separates filters by comma and semicolon: a value with one belongs into the connector itself.',
    );
  }
}

/** `skip=0&take=1000&orderbyfieldids=Medewerker`, with the filter. */
export function pageQuery({ keyField, filter = [] }: AfasSettings, skip: number, take: number): string {
  const pairs: [string, string][] = [
    ['skip', String(skip)],
    ['take', String(take)],
    ['orderbyfieldids', keyField],
  ];
  if (filter.length > 0) {
    pairs.push(
      ['filterfieldids', filter.map(({ field }) => field).join(',')],
      ['filtervalues', filter.map(({ value }) => value).join(',')],
      ['operatortypes', filter.map(({ operator }) => AFAS_OPERATORS[operator]).join(',')],
    );
  }
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}

/** @throws RangeError for settings that can never work. */
export function checkAfasSettings(settings: AfasSettings): void {
  checkAfasBase(settings.base);
  checkAfasField(settings.keyField);
  for (const filter of settings.filter ?? []) checkAfasFilter(filter);
  const { take = DEFAULT_TAKE } = settings;
  if (!Number.isInteger(take) || take < SMALLEST_TAKE) {
    throw new RangeError(`At least ${SMALLEST_TAKE} rows are needed in a page.`);
  }
  if (pageQuery(settings, 100_000_000, take).length > LONGEST_QUERY) {
    throw new RangeError('The filter is too long for AFAS: make it part of the connector itself.');
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
