import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.js';
import { aPerson, CORE, dig, send, SCIM, TestNetwork } from './helpers.js';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function start(compactAtBytes?: number): Promise<Sandbox> {
  return startSandbox({ dataDir, ...(compactAtBytes === undefined ? {} : { compactAtBytes }) });
}

/** A bit of everything that can happen to a network. */
async function live(net: TestNetwork): Promise<void> {
  const unit = await net.group('/business-units/', { name: 'Utrecht' });
  const department = await net.group('/departments/', { name: 'Bakery' });
  const parents = { businessUnit: { EID: unit }, department: { EID: department } };
  const local = await net.group('/local-departments/', { name: 'Bakery', ...parents });
  for (const xid of ['1', '2', '3', '4']) await net.join((await net.person(xid, { password: xid })).eid, local);
  const gone = await net.person('5');
  await net.scim('PUT', `/Users/${gone.id}`, { schemas: [CORE], userName: '5', active: false });
  await net.leave(net.stateOf('2')?.eid ?? '', department);
  await net.rest('POST', '/invite', { form: 'invitees[0][email]=p1@example.com' });
  await net.rest('DELETE', `/groups/${await net.group('/groups/', { groupType: 'public', name: 'Gone' })}/`);
  net.sandbox.control.activate(net.network.eid, { xid: '3' });
}

describe('State', () => {
  it.each([
    ['the journal', undefined],
    ['a snapshot, taken again and again', 1],
  ])('is kept over a restart in %s', async (_what, compactAtBytes) => {
    const first = await start(compactAtBytes);
    const network = first.control.createNetwork({ name: 'Korenaar', visibilityDelayMs: 0, roles: [{ name: 'Boss' }] });
    await live(TestNetwork.on(first, network));
    const before = first.control.state(network.eid);
    await first.close();
    const second = await start(compactAtBytes);
    expect(second.control.state(network.eid)).toEqual(before);
    const again = TestNetwork.on(second, network);
    expect((await again.scim('POST', '/Users', aPerson('1'))).status).toBe(409);
    expect((await again.rest('GET', '/')).status).toBe(200);
    await second.close();
  });

  it('a last line that was cut off is dropped, and the next one is written after it', async () => {
    const first = await start();
    const network = first.control.createNetwork({ name: 'Korenaar' });
    await TestNetwork.on(first, network).person('1');
    await first.close();
    appendFileSync(join(dataDir, 'journal-0.jsonl'), '[{"kind":"user","in":"');
    const second = await start();
    await TestNetwork.on(second, network).person('2');
    await second.close();
    const third = await start();
    expect(third.control.state(network.eid).people.map((one) => one.xid)).toEqual([null, '1', '2']);
    await third.close();
  });

  it('a journal that no snapshot belongs to is not replayed', async () => {
    const first = await start(1);
    const network = first.control.createNetwork({ name: 'Korenaar' });
    await first.close();
    writeFileSync(join(dataDir, 'journal-0.jsonl'), `[{"kind":"network_gone","eid":"${network.eid}"}]\n`);
    const second = await start(1);
    expect(second.control.networks()).toHaveLength(1);
    expect(readdirSync(dataDir)).not.toContain('journal-0.jsonl');
    await second.close();
  });

  it('a damaged journal says so and is left alone', async () => {
    writeFileSync(join(dataDir, 'journal-0.jsonl'), 'nonsense\n');
    await expect(start()).rejects.toThrow(/is damaged. Nothing was changed/);
    expect(readdirSync(dataDir)).toEqual(['journal-0.jsonl']);
  });
});

describe('kill -9 in the middle of writing', () => {
  let program: ChildProcess | null = null;
  afterEach(() => program?.kill('SIGKILL'));

  async function run(): Promise<string> {
    program = spawn(process.execPath, ['--import', 'tsx', 'src/sandbox/main.ts', '--port', '0', '--data', dataDir]);
    for await (const chunk of program.stdout ?? []) {
      const url = /listening at (\S+)/.exec(String(chunk))?.[1];
      if (url !== undefined) return url;
    }
    throw new Error('the sandbox did not start');
  }

  async function kill(): Promise<void> {
    const ended = program === null ? null : once(program, 'exit');
    program?.kill('SIGKILL');
    await ended;
  }

  it('loses nothing that was answered', async () => {
    let url = await run();
    const made = await send(`${url}/_sandbox/networks`, 'POST', { json: { name: 'Korenaar' } });
    const eid = String(made.body['eid']);
    const token = `Bearer ${String(made.body['scimToken'])}`;
    const answered = new Set<string>();
    const sent = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const workers = Array.from({ length: 8 }, async (_, worker) => {
        for (let index = 0; ; index += 1) {
          const xid = `${round}-${worker}-${index}`;
          sent.add(xid);
          const reply = await send(`${url}/networks/${eid}/scim/v2/Users`, 'POST', {
            token,
            type: SCIM,
            text: JSON.stringify(aPerson(xid)),
          });
          if (reply.status === 201) answered.add(xid);
          if (round * 100 + 100 < answered.size) return kill();
        }
      });
      await Promise.allSettled(workers);
      url = await run();
      const state = await send(`${url}/_sandbox/networks/${eid}/state`, 'GET', {});
      const people = dig(state.body, 'people');
      const kept = (Array.isArray(people) ? people : [])
        .map((one) => String(dig(one, 'xid')))
        .filter((xid) => xid !== 'null');
      expect(new Set(kept).size).toBe(kept.length);
      expect([...answered].filter((xid) => !kept.includes(xid))).toEqual([]);
      expect(kept.filter((xid) => !sent.has(xid))).toEqual([]);
    }
  }, 60_000);
});
