import {
  RequestRefused,
  SourceBusy,
  SourceFailed,
  SourceTooSlow,
  TokenRefused,
  UnreadableAnswer,
} from '../api-errors.js';
import type { SourceError } from '../errors.js';
import { readErrorBody, type ErrorBody } from './answers.js';
import { AccessRefused, ConnectorBlocked, UnknownConnector, UnknownField } from './errors.js';
import type { AfasSettings } from './settings.js';
import type { HttpAnswer } from './transport.js';

/**
 * AFAS' own words (`externalMessage`) may quote a value of a record ("conversion of 'Jansen' failed"), so they are never
 * repeated. What they mean is told where it is one of the messages that AFAS documents for GetConnectors; for everything else
 * there is the reference by which the customer's administrator finds the whole message in Profit's log.
 */
const DOCUMENTED = {
  unknownConnector: /niet ondersteund voor deze app of de gebruiker is niet geautoriseerd/i,
  unknownField: /connector-?veld '([^']*)' niet gevonden/i,
  blocked: /GetConnector \(definitie\) is geblokkeerd/i,
  tooSlow: /maximale tijdsduur voor het uitvoeren|maximum duration for performing/i,
  tooMuch: /out of (string space|memory)/i,
  unexpected: /^\s*(General message:\s*)?Er is een onverwachte fout opgetreden\.?\s*$/i,
} as const;

const UNKNOWN_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/** The error of an answer that is no success. */
export function failureOf(answer: HttpAnswer, address: string, settings: AfasSettings): SourceError {
  const { status } = answer;
  const { connector } = settings;
  const body = readErrorBody(answer.body);
  if (status < 400) return new UnreadableAnswer(address, `an answer with status ${status}, which is not documented`);
  if (status === 429 || status === 503) return new SourceBusy(address, status, waitOf(answer, body, new Date()));
  if (status === 401) return new TokenRefused(address);
  const documented = documentedFailure(body.externalMessage ?? '', address, settings);
  if (documented !== null) return documented;
  if (status === 403) return new AccessRefused(address, connector);
  if (status === 404) return new UnknownConnector(address, connector, null);
  return status >= 500
    ? new SourceFailed(address, status, detailOf(body))
    : new RequestRefused(address, status, detailOf(body));
}

function documentedFailure(message: string, address: string, settings: AfasSettings): SourceError | null {
  const { connector, keyField, filter = [] } = settings;
  if (DOCUMENTED.unknownConnector.test(message)) return new UnknownConnector(address, connector, null);
  if (DOCUMENTED.blocked.test(message)) return new ConnectorBlocked(address, connector);
  if (DOCUMENTED.tooSlow.test(message)) return new SourceTooSlow(address, 'AFAS itself gave the question up');
  if (DOCUMENTED.tooMuch.test(message)) return new SourceTooSlow(address, 'AFAS has no room for so many rows at once');
  const field = DOCUMENTED.unknownField.exec(message)?.[1];
  if (field === undefined) return null;
  const ours = [keyField, ...filter.map((one) => one.field)].find((name) => name === field);
  return new UnknownField(connector, ours ?? null, []);
}

function detailOf({ externalMessage, profitLogReference }: ErrorBody): string {
  const reference = profitLogReference?.trim() ?? '';
  const log = /^[0-9A-F-]{32,38}$/i.test(reference) ? ` Its log has the whole message as ${reference}.` : '';
  if (externalMessage === undefined) return `It does not say why.${log}`;
  if (DOCUMENTED.unexpected.test(externalMessage)) return `It says: "Er is een onverwachte fout opgetreden."${log}`;
  return `Its message is not repeated here, since it may hold a value of a record.${log}`;
}

/** `Retry-After` as seconds or date (RFC 9110, 10.2.3), or the `retry_after` of the body, in seconds. */
function waitOf({ retryAfter }: HttpAnswer, { retry_after: inBody }: ErrorBody, now: Date): number {
  const header = retryAfter?.trim() ?? '';
  const seconds = /^\d+(\.\d+)?$/.test(header) ? Number(header) : null;
  const until = seconds === null ? Date.parse(header) - now.getTime() : seconds * 1000;
  const wait = Number.isNaN(until) ? (inBody ?? NaN) * 1000 : until;
  return Number.isNaN(wait) ? UNKNOWN_WAIT_MS : Math.min(LONGEST_WAIT_MS, Math.max(1_000, Math.ceil(wait)));
}
