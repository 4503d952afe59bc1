import { UnreadableAnswer } from '../api-errors.js';
import { connectorsAnswer, fieldsAnswer, pageAnswer, readAnswer, type AfasRow } from './answers.js';
import { UnknownConnector } from './errors.js';
import { failureOf } from './failures.js';
import { checkAfasBase, DEFAULT_TIMEOUT_MS, pageQuery, type AfasSettings } from './settings.js';
import { authorisationOf, readAfasToken } from './token.js';
import { Transport } from './transport.js';

/** A field of a connector, as its metainfo describes it. */
export interface AfasField {
  readonly id: string;
  /** `string`, `date`, `int`, `boolean`, ...; empty when it is not told. */
  readonly type: string;
  /** What people call it, in Dutch. */
  readonly label: string;
}

export interface Page {
  readonly rows: readonly AfasRow[];
  /** Whether these are the last; `unknown` when there are fewer than asked for and the server does not confirm the number. */
  readonly isLast: boolean | 'unknown';
}

/** Asks AFAS Profit, one question at a time, and turns its failures into errors of ours. */
export class AfasClient {
  readonly address: string;
  private readonly transport: Transport;
  private readonly headers: Readonly<Record<string, string>>;

  /** @throws UnusableToken, RangeError */
  constructor(private readonly settings: AfasSettings) {
    this.transport = new Transport(new URL(checkAfasBase(settings.base)), settings.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    this.address = this.transport.address;
    this.headers = {
      accept: 'application/json',
      // Messages are recognised, and labels shown, in the language of AFAS' customers.
      'accept-language': 'nl-nl',
      authorization: authorisationOf(readAfasToken(settings.token)),
    };
  }

  /** @throws SourceError */
  async page(skip: number, take: number, signal?: AbortSignal): Promise<Page> {
    const path = `/connectors/${encodeURIComponent(this.settings.connector)}?${pageQuery(this.settings, skip, take)}`;
    const answer = readAnswer(pageAnswer, await this.ask(path, signal), this.address);
    const { rows } = answer;
    if (rows.length > take) throw new UnreadableAnswer(this.address, 'more rows than were asked for');
    return { rows, isLast: isLast(rows.length, take, answer.take ?? null) };
  }

  /** @throws SourceError */
  async fields(signal?: AbortSignal): Promise<readonly AfasField[]> {
    const path = `/metainfo/get/${encodeURIComponent(this.settings.connector)}`;
    const { fields } = readAnswer(fieldsAnswer, await this.ask(path, signal), this.address);
    return fields.map(({ id, dataType, type, label }) => ({ id, type: dataType ?? type ?? '', label: label ?? '' }));
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  private async ask(path: string, signal?: AbortSignal): Promise<string> {
    const answer = await this.transport.get(path, this.headers, signal);
    if (answer.status === 200) return answer.body;
    const failure = failureOf(answer, this.address, this.settings);
    if (!(failure instanceof UnknownConnector)) throw failure;
    throw new UnknownConnector(this.address, this.settings.connector, await this.connectors(signal));
  }

  /** The ids of the connectors that the token may read; null when the list cannot be read. */
  private async connectors(signal?: AbortSignal): Promise<readonly string[] | null> {
    try {
      const { status, body } = await this.transport.get('/metainfo', this.headers, signal);
      if (status !== 200) return null;
      return readAnswer(connectorsAnswer, body, this.address).getConnectors.map(({ id }) => id);
    } catch {
      signal?.throwIfAborted();
      return null;
    }
  }
}

/** A server that gives less than it is asked for would make every page look like the last one. */
function isLast(rows: number, take: number, confirmed: number | null): Page['isLast'] {
  if (rows === 0) return true;
  if (rows === take) return false;
  return confirmed === take ? true : 'unknown';
}
