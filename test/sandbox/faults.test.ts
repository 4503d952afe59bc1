import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aPerson, dig, type Reply, TestNetwork } from './helpers.js';

let net: TestNetwork;
beforeEach(async () => {
  net = await TestNetwork.start();
});
afterEach(() => net.close());

function fault(json: Record<string, unknown>): Promise<Reply> {
  return net.control('POST', '/faults', json);
}

const create = (xid: string): Promise<Reply> => net.scim('POST', '/Users', aPerson(xid));
const exists = (xid: string): boolean => net.stateOf(xid) !== undefined;

describe('A fault that is switched on', () => {
  it.each([401, 403, 404, 409, 429, 500, 503])('answers %i before anything happens', async (status) => {
    await fault({ kind: 'status', status, path: '/scim/v2/*', times: 1, retryAfter: 7 });
    const reply = await create('1');
    expect(reply.status).toBe(status);
    expect(reply.headers['retry-after']).toBe('7');
    expect(exists('1')).toBe(false);
    expect((await create('1')).status).toBe(201);
    expect(net.sandbox.control.violations()).toEqual([]);
  });

  it('answers an error after the effect', async () => {
    await fault({ kind: 'status', status: 500, afterEffect: true, times: 1 });
    expect((await create('1')).status).toBe(500);
    expect(exists('1')).toBe(true);
  });

  it('resets the connection before the effect', async () => {
    await fault({ kind: 'reset_before', times: 1 });
    await expect(create('1')).rejects.toThrow();
    expect(exists('1')).toBe(false);
  });

  it('resets the connection after the effect', async () => {
    await fault({ kind: 'reset_after', times: 1 });
    await expect(create('1')).rejects.toThrow();
    expect(exists('1')).toBe(true);
  });

  it('hangs', async () => {
    await fault({ kind: 'hang', times: 1 });
    const hanging = create('1').catch(() => 'closed');
    expect(await Promise.race([hanging, wait(100, 'still waiting')])).toBe('still waiting');
    expect(exists('1')).toBe(false);
  });

  it('answers slowly, after the effect', async () => {
    await fault({ kind: 'slow', delayMs: 200, times: 1 });
    const slow = create('1');
    expect(await Promise.race([slow, wait(100, 'still waiting')])).toBe('still waiting');
    expect(exists('1')).toBe(true);
    expect((await slow).status).toBe(201);
  });

  it('meets only the calls it is for', async () => {
    await fault({ kind: 'status', status: 500, method: 'POST', path: '/business-units/', network: net.network.eid });
    await fault({ kind: 'status', status: 500, network: 'ffffffffffffffff' });
    expect((await create('1')).status).toBe(201);
    expect((await net.rest('GET', '/groups/')).status).toBe(200);
    expect((await net.rest('POST', '/business-units/', { json: { name: 'A' } })).status).toBe(500);
  });

  it('meets a share of the calls, after those that are skipped', async () => {
    await fault({ kind: 'status', status: 503, share: 0.25, skip: 2 });
    const statuses: number[] = [];
    for (let index = 0; index < 10; index += 1) statuses.push((await net.rest('GET', '/')).status);
    expect(statuses.map((status) => status === 503)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      false,
      false,
      false,
      true,
    ]);
  });

  it('can be listed and switched off', async () => {
    const made = await fault({ kind: 'status', status: 500 });
    await net.rest('GET', '/');
    const listed = await net.control('GET', '/faults');
    expect(dig(listed.body, 'faults')).toEqual([{ id: made.body['id'], kind: 'status', status: 500, happened: 1 }]);
    await net.control('DELETE', `/faults/${String(made.body['id'])}`);
    expect((await net.rest('GET', '/')).status).toBe(200);
  });
});

describe('The rate limit', () => {
  it('allows a burst of one second, then as many as it says, and tells how long to wait', async () => {
    let now = 1_000_000;
    const limited = await TestNetwork.start({ requestsPerSecond: 5 }, () => now);
    const statuses = async (count: number): Promise<readonly number[]> => {
      const found: number[] = [];
      for (let index = 0; index < count; index += 1) found.push((await limited.rest('GET', '/')).status);
      return found;
    };
    expect(await statuses(6)).toEqual([200, 200, 200, 200, 200, 429]);
    now += 400;
    expect(await statuses(3)).toEqual([200, 200, 429]);
    const refused = await limited.scim('GET', '/Users');
    expect({ status: refused.status, wait: refused.headers['retry-after'] }).toEqual({ status: 429, wait: '1' });
    now += 20_000;
    expect(await statuses(2)).toEqual([200, 200]);
    const report = limited.sandbox.control.requests(limited.network.eid);
    expect(report.mostInTenSeconds).toBe(10);
    expect(report.requests).toContainEqual({ method: 'GET', path: '/networks/{net}/', status: 200, count: 9 });
    expect(limited.sandbox.control.violations()).toEqual([]);
    await limited.close();
  });

  it('allows less than one request a second too', async () => {
    let now = 1_000_000;
    const limited = await TestNetwork.start({ requestsPerSecond: 0.25 }, () => now);
    expect((await limited.rest('GET', '/')).status).toBe(200);
    expect((await limited.rest('GET', '/')).headers['retry-after']).toBe('4');
    now += 4000;
    expect((await limited.rest('GET', '/')).status).toBe(200);
    await limited.close();
  });

  it('is switched on and off', async () => {
    const set = (requestsPerSecond: number | null): Promise<Reply> =>
      net.control('PATCH', `/networks/${net.network.eid}`, { requestsPerSecond });
    await set(1);
    await net.rest('GET', '/');
    expect((await net.rest('GET', '/')).status).toBe(429);
    await set(null);
    expect((await net.rest('GET', '/')).status).toBe(200);
  });
});
