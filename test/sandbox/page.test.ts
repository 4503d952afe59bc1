import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { containing, CORE, type Reply, send, TestNetwork, withMembers } from './helpers.js';

let net: TestNetwork;
beforeAll(async () => {
  net = await TestNetwork.start({ name: 'Korenaar <Zwolle>' });
  const unit = await net.group('/business-units/', { name: 'Utrecht & Zeist' });
  const { eid } = await net.person('0004711', { name: { givenName: '<script>', familyName: 'Jansen' } });
  await net.join(eid, unit);
  const gone = await net.person('9');
  await net.scim('PUT', `/Users/${gone.id}`, { schemas: [CORE], userName: '9', active: false });
});
afterAll(() => net.close());

function read(path: string): Promise<Reply> {
  return send(net.sandbox.url + path, 'GET', { accept: 'text/html,application/xhtml+xml' });
}

async function textOf(path: string): Promise<string> {
  return String((await read(path)).body['text']);
}

describe('The page', () => {
  it('lists the networks', async () => {
    expect(await textOf('/')).toContain(`<a href="/networks/${net.network.eid}"><b>Korenaar &lt;Zwolle&gt;</b></a>`);
  });

  it('shows people, groups and statuses, with everything escaped', async () => {
    const text = await textOf(net.base);
    for (const part of [
      '0004711',
      '&lt;script&gt; Jansen',
      'Utrecht &amp; Zeist',
      'inactive',
      'canceled',
      'Administrator',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('<script');
  });

  it('finds people by XID and by group', async () => {
    const byXid = await textOf(`${net.base}?xid=0004`);
    expect(byXid).toContain('0004711');
    expect(byXid).not.toContain('Jansen9');
    const group = net.state().groups[0]?.eid ?? '';
    expect(await textOf(`${net.base}?group=${group}`)).not.toContain('Jansen9');
    expect(await textOf(`${net.base}?xid=nobody`)).toContain('Nobody here.');
  });

  it('takes nothing from elsewhere and runs nothing', async () => {
    const reply = await read(net.base);
    expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
    expect(reply.body['text']).not.toMatch(/https?:\/\//);
  });

  it('is for browsers only: the API is as strict as ever', async () => {
    expect((await net.rest('GET', '')).status).toBe(404);
    expect((await net.rest('GET', '/', { accept: 'text/html' })).status).toBe(406);
  });
});

describe('The control API', () => {
  it('lists networks without their secrets', async () => {
    const reply = await net.control('GET', '/networks');
    expect(JSON.stringify(reply.body)).toContain(net.network.eid);
    expect(JSON.stringify(reply.body)).not.toContain(net.network.app.secret);
    expect(JSON.stringify(reply.body)).not.toContain(net.network.scimToken);
  });

  it('creates a network as asked, and replaces it when asked again', async () => {
    const wanted = {
      eid: 'ABCDEF0123456789',
      name: 'Woodgrove',
      subdomain: 'woodgrove',
      app: { eid: '0000000000000001', secret: 'app-secret' },
      scimToken: 'scim-token',
      roles: [{ name: 'Store manager' }],
      administrator: { givenName: 'Ada', familyName: 'Admin', email: 'ada@woodgrove.example', xid: 'A1' },
    };
    const made = await net.control('POST', '/networks', wanted);
    expect(made.body).toMatchObject({ eid: 'abcdef0123456789', environment: 'production', scimToken: 'scim-token' });
    const path = '/networks/abcdef0123456789';
    expect((await net.control('GET', `${path}/state`)).body).toMatchObject({
      people: [{ xid: 'A1', status: 'active', networkRole: 'Administrator' }],
      roles: containing(withMembers({ name: 'Store manager', key: null })),
    });
    await net.control('POST', `${path}/activate`, { all: true });
    await net.control('POST', '/networks', wanted);
    expect((await net.control('DELETE', path)).status).toBe(200);
    expect((await net.control('GET', `${path}/state`)).status).toBe(404);
  });

  it.each([
    ['an unknown path', 'GET', '/nothing', undefined, 404],
    ['an unknown method', 'PUT', '/networks', {}, 405],
    ['an unknown member', 'POST', '/networks', { name: 'A', colour: 'red' }, 400],
    ['an unknown fault', 'POST', '/faults', { kind: 'explode' }, 400],
    ['an unknown network', 'GET', '/networks/0123456789abcdef/state', undefined, 404],
    ['an unknown person', 'POST', '/networks/{eid}/activate', { xid: 'none' }, 404],
  ])('refuses %s', async (_what, method, path, json, status) => {
    expect((await net.control(method, path.replace('{eid}', net.network.eid), json)).status).toBe(status);
  });

  it('moves the clock on', async () => {
    const before = Date.now();
    const reply = await net.control('POST', '/clock', { advanceMs: 86_400_000 });
    expect(Date.parse(String(reply.body['now']))).toBeGreaterThanOrEqual(before + 86_400_000);
  });
});
