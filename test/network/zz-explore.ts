import { createSpeakapNetwork } from '../../src/network/speakap/speakap.js';
import { toXid, toEid } from '../../src/sync/ids.js';
const url = process.argv[2]!;
const made = (await (
  await fetch(`${url}/_sandbox/networks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'N' + Date.now(), roles: [{ name: 'Store manager' }] }),
  })
).json()) as any;
const net = createSpeakapNetwork({
  apiBase: url,
  networkEid: made.eid,
  appEid: made.app.eid,
  appSecret: made.app.secret,
  scimToken: made.scimToken,
});
const show = async (name: string, work: () => Promise<unknown>) => {
  try {
    console.log(
      name,
      '=>',
      JSON.stringify(await work(), (_, v) => (v instanceof Map ? [...v] : v)),
    );
  } catch (e: any) {
    console.log(name, 'FAILED', e.name, e.message, e.code ?? '');
  }
};
const all = async (it: AsyncIterable<readonly unknown[]>) => {
  const o: unknown[] = [];
  for await (const p of it) o.push(...p);
  return o;
};
await show('describe', () => net.describe());
await show('groups', () => net.groups());
await show('roles', () => net.roles());
await show('people', () => all(net.people()));
await show('nm', () => all(net.networkMemberships()));
let bu: any, dep: any, loc: any, topic: any, sid: any;
await show('bu', async () => (bu = await net.createGroup({ group: { kind: 'business_unit', name: 'Store 12' } })));
await show('dep', async () => (dep = await net.createGroup({ group: { kind: 'department', name: 'Bakery' } })));
await show(
  'loc',
  async () =>
    (loc = await net.createGroup({
      group: { kind: 'local_department', businessUnit: 'Store 12', department: 'Bakery' },
      businessUnit: bu,
      department: dep,
    })),
);
await show('topic', async () => (topic = await net.createGroup({ group: { kind: 'topic', name: 'Chess & more' } })));
await show('again', () => net.createGroup({ group: { kind: 'business_unit', name: 'STORE 12' } }));
await show('again topic', () => net.createGroup({ group: { kind: 'topic', name: 'chess & More' } }));
await show('groups', () => net.groups());
const profile = {
  givenName: 'Jan',
  infix: 'van der',
  familyName: 'Berg',
  jobTitle: 'Baas',
  email: 'j@example.com',
  telephoneNumber: '+31612345678',
  preferredLanguage: 'nl-NL',
  upn: 'j@corp',
};
await show(
  'create',
  async () =>
    (sid = await net.createAccount({
      userName: '0004711',
      xid: toXid('0004711'),
      profile,
      temporaryPassword: 'Welkom12345',
    })),
);
await show('create2', () => net.createAccount({ userName: '0004711', xid: toXid('0004711'), profile }));
await show('create nearly empty', () =>
  net.createAccount({
    userName: '2',
    xid: toXid('2'),
    profile: { givenName: 'A', familyName: 'B' },
    temporaryPassword: 'x',
  }),
);
await show('find', () => net.findAccount('0004711'));
const found = await net.findPeople(new Set([toXid('0004711')]));
const user = [...found.values()][0] as any;
console.log(user);
await show('person', () => net.person(user));
await show('join', () => net.join(user, [loc, topic]));
await show('person', () => net.person(user));
await show('rejoin', () => net.join(user, [loc]));
await show('gm', () => all(net.groupMemberships(bu)));
await show('role', () => net.setGroupRole(user, bu, 'admin'));
const roles = await net.roles();
const custom = roles.find((r) => r.name === 'Store manager')!.eid;
await show('role custom', () => net.setGroupRole(user, loc, custom));
await show('role member', () => net.setGroupRole(user, bu, 'member'));
await show('gm', () => all(net.groupMemberships(loc)));
const nms = (await all(net.networkMemberships())) as any[];
console.log(nms);
const mine = nms.find((m) => m.user === user)?.eid;
await show('changeroles', () =>
  net.changeNetworkRoles(
    new Map([
      [mine, custom],
      [toEid('00000000000000ff'), 'admin'],
    ]),
  ),
);
await show('changeroles', () => net.changeNetworkRoles(new Map([[mine, 'admin']])));
await show('invite', () =>
  net.invite([
    { name: 'Jan', address: 'j@example.com', by: 'email' },
    { name: 'X', address: 'bad', by: 'email' },
  ]),
);
await show('invite2', () => net.invite([{ name: 'Jan', address: 'j@example.com', by: 'email' }]));
await show('invite sms', () => net.invite([{ name: 'Jan', address: '+31612345678', by: 'sms' }]));
await show('nm', () => all(net.networkMemberships()));
await show('leave', () => net.leave(user, [bu]));
await show('person', () => net.person(user));
await show('releave', () => net.leave(user, [bu]));
await show('update', () =>
  net.updateAccount(sid, { userName: '0004711', xid: toXid('0004711'), profile: { givenName: 'Piet' } }),
);
await show('person', () => net.person(user));
await show('suspend', () => net.setActive(sid, '0004711', false));
await show('suspend2', () => net.setActive(sid, '0004711', false));
await show('person', () => net.person(user));
await show('people', () => all(net.people()));
await show('find', () => net.findAccount('0004711'));
await show('findPeople', () => net.findPeople(new Set([toXid('0004711')])));
await show('restore', () => net.setActive(sid, '0004711', true));
await show('person', () => net.person(user));
await show('violations', async () => (await fetch(`${url}/_sandbox/violations?network=${made.eid}`)).json());
await net.close();
