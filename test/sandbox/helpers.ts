import { request } from 'undici';
import { expect } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.js';
import type { NetworkInput } from '../../src/sandbox/control/inputs.js';
import type { Network } from '../../src/sandbox/state/entities.js';

export const HAL = 'application/vnd.speakap.api-v1.8.2+json+hal';
export const PLAIN = 'application/vnd.speakap.api-v1.8.2+json';
export const MINIMAL = 'application/vnd.speakap.api-v1.8.2+minimal+json';
export const SCIM = 'application/scim+json';
export const FORM = 'application/x-www-form-urlencoded';
export const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';

export type Item = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** `{ text }` when the answer is no JSON object. */
  readonly body: Item;
}

/** Some text, whatever it is. */
export const SOME_TEXT: unknown = expect.any(String);

export function textLike(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

export function withMembers(members: Item): unknown {
  return expect.objectContaining(members);
}

export function containing(item: unknown): unknown {
  return expect.arrayContaining([item]);
}

export interface Sending {
  readonly accept?: string | null;
  readonly token?: string | null;
  readonly type?: string | null;
  readonly json?: unknown;
  readonly form?: string | readonly (readonly [string, string])[];
  readonly text?: string;
}

/** A sandbox with one network, and the calls that a correct client would make. */
export class TestNetwork {
  private constructor(
    readonly sandbox: Sandbox,
    readonly network: Network,
  ) {}

  static async start(input: Partial<NetworkInput> = {}, clock?: () => number): Promise<TestNetwork> {
    const sandbox = await startSandbox({ dataDir: null, ...(clock === undefined ? {} : { clock }) });
    return new TestNetwork(
      sandbox,
      sandbox.control.createNetwork({ name: 'Korenaar', visibilityDelayMs: 0, ...input }),
    );
  }

  static on(sandbox: Sandbox, network: Network): TestNetwork {
    return new TestNetwork(sandbox, network);
  }

  get base(): string {
    return `/networks/${this.network.eid}`;
  }

  /** Below the network, as REST. */
  rest(method: string, path: string, sending: Sending = {}): Promise<Reply> {
    const { app } = this.network;
    return send(this.sandbox.url + this.base + path, method, {
      accept: HAL,
      token: `Bearer ${app.eid}_${app.secret}`,
      ...sending,
    });
  }

  scim(method: string, path: string, json?: unknown, sending: Sending = {}): Promise<Reply> {
    return send(`${this.sandbox.url}${this.base}/scim/v2${path}`, method, {
      accept: SCIM,
      token: `Bearer ${this.network.scimToken}`,
      type: json === undefined ? null : SCIM,
      ...(json === undefined ? {} : { text: JSON.stringify(json) }),
      ...sending,
    });
  }

  control(method: string, path: string, json?: unknown): Promise<Reply> {
    return send(`${this.sandbox.url}/_sandbox${path}`, method, json === undefined ? {} : { json });
  }

  /** Creates a person and answers EID and SCIM id. */
  async person(
    xid: string,
    more: Record<string, unknown> = {},
  ): Promise<{ readonly eid: string; readonly id: string }> {
    const reply = await this.scim('POST', '/Users', aPerson(xid, more));
    if (reply.status !== 201) throw new Error(`creating ${xid} answered ${reply.status}`);
    const eid = this.state().people.find((person) => person.xid === xid)?.eid ?? '';
    return { eid, id: String(reply.body['id']) };
  }

  /** Creates a group and answers its EID; for a topic group by its name, since 202 gives none. */
  async group(path: string, body: Record<string, unknown>): Promise<string> {
    const reply = await this.rest('POST', path, { json: body });
    if (reply.status === 201) return String(reply.body['EID']);
    if (reply.status !== 202) throw new Error(`creating a group answered ${reply.status}`);
    return this.state().groups.find((group) => group.name === body['name'])?.eid ?? '';
  }

  join(user: string, ...groups: readonly string[]): Promise<Reply> {
    return this.rest('POST', `/users/${user}/groups/add`, {
      form: groups.map((group) => ['groups[]', group] as const),
    });
  }

  leave(user: string, ...groups: readonly string[]): Promise<Reply> {
    return this.rest('POST', `/users/${user}/groups/remove`, {
      form: groups.map((group) => ['groups[]', group] as const),
    });
  }

  state(): ReturnType<Sandbox['control']['state']> {
    return this.sandbox.control.state(this.network.eid);
  }

  stateOf(xid: string): ReturnType<Sandbox['control']['state']>['people'][number] | undefined {
    return this.state().people.find((person) => person.xid === xid);
  }

  groupsOf(xid: string): readonly string[] {
    return (this.stateOf(xid)?.groups ?? []).map((group) => `${group.groupType}:${group.name}:${group.role}`);
  }

  networkMembership(user: string): Promise<string> {
    return this.membershipOf(user, null);
  }

  async membershipOf(user: string, group: string | null): Promise<string> {
    const reply = await this.rest('GET', `/memberships/?embed=memberships&limit=1000`);
    const found = items(reply, 'memberships').find(
      (one) =>
        hrefOf(one, 'user')?.includes(user) === true && (hrefOf(one, 'group')?.includes(group ?? '') ?? group === null),
    );
    return String(found?.['EID']);
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}

export function aPerson(xid: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    schemas: [CORE],
    userName: xid,
    externalId: xid,
    active: true,
    name: { givenName: 'Jan', familyName: `Jansen${xid}` },
    emails: [{ value: `p${xid}@example.com`, primary: true, type: 'Work' }],
    title: 'Verkoper',
    ...more,
  };
}

/** The embedded items of a HAL answer, or the items of a plain one. */
export function items(reply: Reply, name: string): readonly Item[] {
  const embedded: unknown = reply.body['_embedded'];
  const holder: unknown = isItem(embedded) ? embedded : reply.body;
  const list: unknown = isItem(holder) ? holder[name] : undefined;
  return Array.isArray(list) ? list.filter(isItem) : [];
}

export function hrefOf(item: Item, relation: string): string | undefined {
  const links = item['_links'];
  const link = isItem(links) ? links[relation] : undefined;
  return isItem(link) && typeof link['href'] === 'string' ? link['href'] : undefined;
}

/** What stands at a path of members and indexes; undefined where there is nothing. */
export function dig(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(step, value);
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export async function send(url: string, method: string, sending: Sending): Promise<Reply> {
  const headers: Record<string, string> = {};
  const form = sending.form === undefined ? undefined : encodeForm(sending.form);
  const body = sending.text ?? form ?? (sending.json === undefined ? undefined : JSON.stringify(sending.json));
  const type = sending.type === undefined ? defaultType(sending) : sending.type;
  if (typeof type === 'string') headers['content-type'] = type;
  if (typeof sending.accept === 'string') headers['accept'] = sending.accept;
  if (typeof sending.token === 'string') headers['authorization'] = sending.token;
  const reply = await request(url, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await reply.body.text();
  return { status: reply.statusCode, headers: reply.headers, body: parse(text) };
}

function parse(text: string): Item {
  try {
    const value: unknown = JSON.parse(text);
    return isItem(value) ? value : { text };
  } catch {
    return { text };
  }
}

function encodeForm(form: NonNullable<Sending['form']>): string {
  if (typeof form === 'string') return form;
  const fields = new URLSearchParams();
  for (const [name, value] of form) fields.append(name, value);
  return fields.toString();
}

function defaultType(sending: Sending): string | null {
  if (sending.form !== undefined) return FORM;
  return sending.json === undefined ? null : 'application/json; charset=utf-8';
}

function step(at: unknown, key: string | number): unknown {
  if (Array.isArray(at)) return key === 'length' ? at.length : at[Number(key)];
  return isItem(at) ? at[key] : undefined;
}
