import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAfasSource } from '../../src/sources/afas/afas-source.js';
import type { AfasSettings } from '../../src/sources/afas/settings.js';
import type { Source } from '../../src/sources/source.js';

/** A number as it stands in the answer, digit by digit. */
export interface RawNumber {
  readonly raw: string;
}
export type Row = Readonly<Record<string, string | boolean | null | RawNumber>>;

export interface Connector {
  /** May be changed between pages. */
  rows: readonly Row[];
  /** Ids in the order of the metainfo; without them the metainfo is refused. */
  readonly fields?: readonly string[];
}

/** `reset`: cut without an answer; `half`: cut in the middle of one; `hang`: no answer ever; `truncated`: JSON that is not whole. */
export type Fault =
  | 'reset'
  | 'half'
  | 'hang'
  | 'truncated'
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };

export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
}

export const TOKEN = 'ADE370BE8DAF40D0A17FFB914E42675E9998C2D546A2F4FA3E4F3AFBA867B96F';
const AUTHORISATION = `AfasToken ${Buffer.from(`<token><version>1</version><data>${TOKEN}</data></token>`).toString('base64')}`;
const OPERATORS: Readonly<Record<string, (cell: string, value: string) => boolean>> = {
  '1': (cell, value) => cell === value,
  '6': (cell, value) => cell.includes(value),
  '7': (cell, value) => cell !== value,
  '8': (cell) => cell === '',
};

/** A strict stand-in for AFAS Profit's REST services; it shares nothing with what it tests. */
export class AfasServer {
  readonly connectors = new Map<string, Connector>();
  /** Pages of data that were asked for. */
  readonly pages: Asked[] = [];
  /** What a caller of AFAS must not do. */
  readonly complaints: string[] = [];
  /** What happens to the page of this number, counted from 1, before it is answered. */
  readonly beforePage = new Map<number, () => void>();
  readonly faults = new Map<number, Fault>();
  /** What `take` says in an answer: as asked, how many rows came, or nothing. */
  confirms: 'asked' | 'given' | 'nothing' = 'asked';
  largestTake = 10_000;
  /** Gives no more than this without a word. */
  silentLimit = Infinity;

  private constructor(private readonly server: ReturnType<typeof createServer>) {}

  static async start(connectors: Readonly<Record<string, Connector>>): Promise<AfasServer> {
    const server = createServer((request, response) => afas.answer(request, response));
    const afas = new AfasServer(server);
    for (const [id, connector] of Object.entries(connectors)) afas.connectors.set(id, connector);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return afas;
  }

  get base(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/ProfitRestServices`;
  }

  settings(changes: Partial<AfasSettings> = {}): AfasSettings {
    return {
      ...{ base: this.base, connector: 'Medewerkers', keyField: 'Medewerker', token: TOKEN, take: 5, timeoutMs: 5_000 },
      ...changes,
    };
  }

  source(changes: Partial<AfasSettings> = {}): Source {
    return createAfasSource(this.settings(changes));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://afas.test');
    const path = decodeURIComponent(url.pathname);
    const authorisation = request.headers.authorization ?? '';
    if (authorisation.startsWith('<token>')) return fail(response, 500, 'Er is een onverwachte fout opgetreden.');
    if (authorisation !== AUTHORISATION) return fail(response, 401, '');
    if (url.search.length > 2_049) return fail(response, 404, '');
    const [, kind, id = ''] =
      /^\/ProfitRestServices\/(connectors|metainfo\/get|metainfo)(?:\/([^/]+))?$/.exec(path) ?? [];
    if (kind === 'metainfo') return send(response, 200, JSON.stringify(this.metainfo()));
    const connector = this.connectors.get(id);
    if (connector === undefined) return fail(response, 404, '');
    if (kind === 'metainfo/get') return this.describe(response, id, connector);
    this.page(response, { path, query: url.searchParams }, connector);
  }

  private metainfo(): object {
    const getConnectors = [...this.connectors.keys()].map((id) => ({ id, description: id }));
    return { updateConnectors: [], getConnectors, info: { envid: 'O12345AA' } };
  }

  private describe(response: ServerResponse, name: string, { fields }: Connector): void {
    if (fields === undefined) return fail(response, 401, '');
    const described = fields.map((id) => ({
      id,
      fieldId: 'U001',
      dataType: 'string',
      label: `Label of ${id}`,
      length: 50,
    }));
    send(response, 200, JSON.stringify({ name, description: name, fields: described }));
  }

  private page(response: ServerResponse, asked: Asked, connector: Connector): void {
    this.pages.push(asked);
    this.beforePage.get(this.pages.length)?.();
    const fault = this.faults.get(this.pages.length);
    if (fault === 'hang') return;
    if (fault === 'reset') return void response.socket?.resetAndDestroy();
    if (typeof fault === 'object') return send(response, fault.status, fault.body ?? '', fault.headers);
    const { query } = asked;
    const skip = Number(query.get('skip') ?? 0);
    const take = Number(query.get('take') ?? 100);
    const order = query.get('orderbyfieldids');
    if (take > this.largestTake) return fail(response, 500, 'Out of memory');
    if (order === null) this.complaints.push('paging without orderbyfieldids');
    const known = Object.keys(connector.rows[0] ?? {});
    const named = [order ?? '', ...(query.get('filterfieldids')?.split(',') ?? [])].filter((field) => field !== '');
    const unknown = connector.rows.length === 0 ? undefined : named.find((field) => !known.includes(field));
    if (unknown !== undefined) return fail(response, 500, `Connector-veld '${unknown}' niet gevonden`);
    const rows = sorted(filtered(connector.rows, query), order).slice(skip, skip + Math.min(take, this.silentLimit));
    const confirmed = { asked: { skip, take }, given: { skip, take: rows.length }, nothing: {} }[this.confirms];
    const body = `{${Object.entries(confirmed)
      .map(([name, value]) => `"${name}":${value},`)
      .join('')}"rows":[${rows.map(jsonOf).join(',')}]}`;
    if (fault === 'truncated') return send(response, 200, body.slice(0, -5));
    if (fault === 'half') return sendHalf(response, body);
    send(response, 200, body);
  }
}

function filtered(rows: readonly Row[], query: URLSearchParams): readonly Row[] {
  const fields = query.get('filterfieldids')?.split(',') ?? [];
  const values = query.get('filtervalues')?.split(',') ?? [];
  const operators = query.get('operatortypes')?.split(',') ?? [];
  return rows.filter((row) =>
    fields.every((field, index) => OPERATORS[operators[index] ?? '']?.(textOf(row[field]), values[index] ?? '')),
  );
}

/** By the database's alphabet; rows of one key in any order, another one each time, as a database may. */
function sorted(rows: readonly Row[], field: string | null): readonly Row[] {
  const shuffled = rows.map((row) => ({ row, at: Math.random() })).sort((one, other) => one.at - other.at);
  if (field === null) return shuffled.map(({ row }) => row);
  const compare = new Intl.Collator('nl', { sensitivity: 'base', numeric: rows.some((row) => isNumber(row[field])) })
    .compare;
  return shuffled.map(({ row }) => row).sort((one, other) => compare(textOf(one[field]), textOf(other[field])));
}

function isNumber(value: Row[string] | undefined): boolean {
  return typeof value === 'object' && value !== null;
}

function textOf(value: Row[string] | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? value.raw : String(value);
}

function jsonOf(row: Row): string {
  const members = Object.entries(row).map(
    ([name, value]) =>
      `${JSON.stringify(name)}:${typeof value === 'object' && value !== null ? value.raw : JSON.stringify(value)}`,
  );
  return `{${members.join(',')}}`;
}

function fail(response: ServerResponse, status: number, externalMessage: string): void {
  const body = { externalMessage, errorNumber: -2147180999, profitLogReference: '3A4CA18A611A4E07B429AC6BAFC6B8D1' };
  send(response, status, externalMessage === '' ? '' : JSON.stringify(body));
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body);
}

function sendHalf(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) });
  response.write(body.slice(0, Math.floor(body.length / 2)), () => response.socket?.resetAndDestroy());
}
