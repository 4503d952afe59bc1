import { describe, expect, test } from 'vitest';
import * as errors from '../../src/network/errors.js';
import type { Observation } from '../../src/network/speakap/speakap.js';
import { toEid, toXid } from '../../src/sync/ids.js';
import { bakery } from './builders.js';
import { collect, eid, failureOf, inTurn, NET, networkAt, serve, withNetwork, type Handler } from './server.js';
import type { Network } from '../../src/network/network.js';

const says =
  (status: number, body: object | string = {}, headers: Record<string, string> = {}): Handler =>
  () => ({
    status,
    body,
    headers,
  });
/** An answer that pleases every call. */
const fine: Handler = ({ path }) => ({
  body: {
    EID: NET,
    environment: 'production',
    id: '3LkW',
    users: [],
    data: {},
    name: path.includes('/users/') ? null : 'K',
  },
});
const ANN = toEid(eid(1));
const account = { userName: 'secret-user', xid: toXid('secret-xid'), profile: { email: 'secret@example.com' } };
const invitee = { name: 'Secret', address: 'secret@example.com', by: 'email' } as const;

type Ask = (network: Network) => Promise<unknown>;
const CREATIONS: [string, Ask][] = [
  ['createAccount', (network) => network.createAccount(account)],
  ['createGroup', (network) => network.createGroup({ group: bakery })],
  ['invite', (network) => network.invite([invitee])],
];
const REPEATABLE: [string, Ask][] = [
  ['describe', (network) => network.describe()],
  ['people', (network) => collect(network.people())],
  ['findAccount', (network) => network.findAccount('secret-user')],
  ['updateAccount', (network) => network.updateAccount('id', account)],
  ['setActive', (network) => network.setActive('id', 'secret-user', false)],
  ['join', (network) => network.join(ANN, [ANN])],
  ['leave', (network) => network.leave(ANN, [ANN])],
  ['changeNetworkRoles', (network) => network.changeNetworkRoles(new Map([[ANN, 'admin']]))],
  ['setGroupRole', (network) => network.setGroupRole(ANN, ANN, 'admin')],
];

describe('refusals', () => {
  test.each([
    [401, { code: -2 }, errors.Unauthorised, /app's EID and secret/],
    [403, { code: -3 }, errors.Forbidden, /invite_users/],
    [403, { code: -15 }, errors.Conflict, /Look up/],
    [403, { code: -12 }, errors.Refused, /only administrator/],
    [403, { code: -14 }, errors.Refused, /correct the record/],
    [403, { code: -22 }, errors.QuotaExceeded, /no room for more.*Quota Exceeded.*Remove networks that nobody needs/s],
    [403, { detail: 'Quota Exceeded: x' }, errors.QuotaExceeded, /no room for more/],
    [403, { code: -99 }, errors.Forbidden, /invite_users/],
    [403, { detail: 'Only Admin: the last one', status: '403' }, errors.Refused, /only administrator/],
    [403, { detail: 'Insufficient Scope: no' }, errors.Forbidden, /invite_users/],
    [403, { detail: 'Anything else' }, errors.Forbidden, /invite_users/],
    [404, { code: -4 }, errors.NotFound, /network still exists/],
    [409, { code: -9 }, errors.Conflict, /Look up/],
    [410, { code: -10 }, errors.NotFound, /network still exists/],
    [400, { code: '-8' }, errors.Refused, /-8, Invalid Email Address/],
    [422, 'no JSON', errors.Refused, /422/],
  ])('%d with %j says what happened, that nothing was changed, and what to do', async (status, body, kind, says_) => {
    await withNetwork(says(status, body), async (network, server) => {
      const failure = await failureOf(network.invite([invitee]));
      expect(failure).toBeInstanceOf(kind);
      expect(failure).toMatchObject({ status, effect: 'no', call: 'POST /networks/{net}/invite' });
      expect(failure.message).toMatch(says_);
      expect(failure.message).toContain('Nothing was changed.');
      expect(server.asked).toHaveLength(1);
    });
  });

  test('401 and 403 of SCIM are about the SCIM token', async () => {
    for (const status of [401, 403]) {
      await withNetwork(says(status), async (network) => {
        expect((await failureOf(network.findAccount('x'))).message).toContain('SCIM token');
      });
    }
  });

  test('every call names the permission that it lacks', async () => {
    await withNetwork(says(403, { code: -3 }), async (network) => {
      expect((await failureOf(network.groups())).message).toContain('list_groups');
      expect((await failureOf(collect(network.people()))).message).toContain('get_profile_xid');
      expect((await failureOf(network.person(ANN))).message).toContain('get_user_groups');
    });
  });

  test('a redirect is not followed', async () => {
    await withNetwork(says(302, '', { location: '/elsewhere' }), async (network, server) => {
      expect(await failureOf(network.describe())).toBeInstanceOf(errors.UnexpectedAnswer);
      expect(server.asked).toHaveLength(1);
    });
  });
});

describe('when nothing or nonsense is answered', () => {
  test.concurrent.each(REPEATABLE)(
    '%s is repeated after a reset, a failure and a proxy that is down',
    async (_, ask) => {
      const handler = inTurn(() => 'reset', says(500, { code: -5 }), says(502, '<html>Bad gateway</html>'), fine);
      await withNetwork(handler, async (network, server) => {
        await ask(network);
        expect(server.asked.length).toBeGreaterThanOrEqual(4);
        expect(server.asked[0]?.body).toBe(server.asked[3]?.body);
      });
    },
  );

  test.each(CREATIONS)('%s is not repeated: its effect is unknown', async (_, ask) => {
    for (const reaction of ['reset', { status: 500, body: { code: -5 } }, 'half', { body: '<html>' }] as const) {
      await withNetwork(
        () => reaction,
        async (network, server) => {
          const failure = await failureOf(ask(network));
          expect(failure).toMatchObject({ effect: 'unknown' });
          expect(failure.message).toContain('It is not known whether the change was made.');
          expect(server.asked).toHaveLength(1);
        },
      );
    }
  });

  test('attempts end: the last failure is thrown', async () => {
    await withNetwork(
      says(503),
      async (network, server) => {
        expect(await failureOf(network.describe())).toBeInstanceOf(errors.ServerError);
        expect(server.asked).toHaveLength(2);
      },
      { maxAttempts: 2 },
    );
  });

  test('a network that hangs is given up, and the connection with it', async () => {
    await withNetwork(
      () => 'hang',
      async (network, server) => {
        const failure = await failureOf(network.describe());
        expect(failure).toBeInstanceOf(errors.Unreachable);
        expect(failure.message).toContain('no answer within 0.1 s');
        expect(failure.message).toContain('Nothing was changed.');
        expect(server.asked).toHaveLength(2);
      },
      { timeoutMs: 100, maxAttempts: 2 },
    );
  });

  test('a server that is not there was surely not told: even a creation is tried again', async () => {
    const gone = await serve(fine);
    await gone.close();
    const seen: Observation[] = [];
    const network = networkAt(gone, { maxAttempts: 2, onRequest: (observation) => seen.push(observation) });
    const failure = await failureOf(network.createAccount(account));
    await network.close();
    expect(failure).toBeInstanceOf(errors.Unreachable);
    expect(failure).toMatchObject({ effect: 'no' });
    expect(failure.message).toContain('Nothing was changed.');
    expect(seen.map(({ call, status }) => [call, status])).toEqual(Array(2).fill(['POST {scim}/Users', null]));
  });

  test('a cut-off answer is repeated when reading, and JSON that ends too early is an unexpected answer', async () => {
    await withNetwork(
      inTurn(() => 'half', fine),
      async (network) => {
        expect(await collect(network.people())).toEqual([]);
      },
    );
    await withNetwork(says(200, '{"users": ['), async (network) => {
      expect((await failureOf(collect(network.people()))).message).toContain('a cut-off answer');
    });
  });

  test.each([
    ['a web page', '<!doctype html><p>Sign in'],
    ['an empty answer', ''],
    ['a text', 'OK'],
  ])('%s is an unexpected answer', async (what, body) => {
    await withNetwork(says(200, body), async (network) => {
      const failure = await failureOf(network.describe());
      expect(failure).toBeInstanceOf(errors.UnexpectedAnswer);
      expect(failure.message).toContain(`${what} instead of JSON`);
    });
  });

  test('an answer of another shape names the member', async () => {
    await withNetwork(says(200, { EID: NET, name: 7, environment: 'production' }), async (network) => {
      expect((await failureOf(network.describe())).message).toContain('"name"');
    });
  });
});

describe('being asked to slow down', () => {
  const soon = new Date(Date.now() + 3_600_000).toUTCString();

  test.concurrent.each([...REPEATABLE, ...CREATIONS])('%s waits a short while and is done once', async (_, ask) => {
    const handler = inTurn(says(429, {}, { 'retry-after': '0' }), says(429, {}, { 'retry-after': '0.1' }), (asked) =>
      asked.path.endsWith('/business-units/') ? { status: 201, body: { EID: eid(3) } } : fine(asked),
    );
    await withNetwork(handler, async (network, server) => {
      await ask(network);
      expect(server.asked).toHaveLength(3);
    });
  });

  test.each([
    ['seconds', '3600'],
    ['a date', soon],
  ])('a long while, told as %s, is left to the caller', async (_, header) => {
    await withNetwork(says(429, {}, { 'retry-after': header }), async (network, server) => {
      const failure = await failureOf(network.invite([invitee]));
      expect(failure).toBeInstanceOf(errors.RateLimited);
      expect((failure as errors.RateLimited).retryAfterMs).toBeGreaterThan(3_500_000);
      expect((failure as errors.RateLimited).retryAfterMs).toBeLessThanOrEqual(3_600_000);
      expect(failure).toMatchObject({ effect: 'no', status: 429 });
      expect(server.asked).toHaveLength(1);
    });
  });

  test('everybody else is held back as well, without asking', async () => {
    await withNetwork(says(429, {}, { 'retry-after': '3600' }), async (network, server) => {
      await failureOf(network.describe());
      const failure = await failureOf(network.roles());
      expect(failure).toBeInstanceOf(errors.RateLimited);
      expect(failure).toMatchObject({ call: 'GET /networks/{net}/roles/' });
      expect(server.asked).toHaveLength(1);
    });
  });

  test('short waits without end come to an end', async () => {
    await withNetwork(
      says(429, {}, { 'retry-after': '0' }),
      async (network, server) => {
        expect(await failureOf(network.describe())).toBeInstanceOf(errors.RateLimited);
        expect(server.asked).toHaveLength(4);
      },
      { maxWaitMs: 300 },
    );
  });
});

describe('cancelling', () => {
  test('ends a call that hangs with the reason that was given', async () => {
    await withNetwork(
      () => 'hang',
      async (network, server) => {
        const cancel = new AbortController();
        const failure = failureOf(network.within(cancel.signal).createAccount(account));
        while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
        cancel.abort(new Error('worker is stopping'));
        expect((await failure).message).toBe('worker is stopping');
      },
    );
  });

  test('ends a wait for the next attempt, and asks nothing afterwards', async () => {
    await withNetwork(says(500), async (network, server) => {
      const cancel = new AbortController();
      const cancelled = network.within(cancel.signal);
      const failure = failureOf(cancelled.describe());
      while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      cancel.abort(new Error('enough'));
      expect((await failure).message).toBe('enough');
      const asked = server.asked.length;
      expect((await failureOf(cancelled.describe())).message).toBe('enough');
      expect(server.asked).toHaveLength(asked);
    });
  });
});

describe('what may be seen', () => {
  test('no error holds a value of a person, a credential or an address', async () => {
    const answers: Handler[] = [
      ...[400, 401, 403, 404, 409, 500].map((status) => says(status, { code: -1, message: 'secret@example.com' })),
      says(200, { secret: 'secret@example.com' }),
      () => 'reset',
    ];
    for (const answer of answers) {
      await withNetwork(
        answer,
        async (network, server) => {
          for (const [, ask] of [...CREATIONS, ...REPEATABLE]) {
            const failure = await ask(network).then(
              () => null,
              (error: unknown) => error,
            );
            const seen =
              failure instanceof Error ? `${failure.message} ${JSON.stringify(failure)} ${failure.stack}` : '';
            expect(seen).not.toMatch(/secret[@-]|app-secret|scim-token|%22/i);
            expect(seen).not.toContain(server.url);
          }
        },
        { maxAttempts: 1, visibleWithinMs: 100 },
      );
    }
  });

  test('every request is reported by its pattern', async () => {
    const seen: Observation[] = [];
    await withNetwork(
      inTurn(says(500), fine),
      async (network) => {
        await network.findPeople(new Set([toXid('1')]));
        expect(seen.map(({ call, status }) => [call, status])).toEqual([
          ['GET /networks/{net}/users/', 500],
          ['GET /networks/{net}/users/', 200],
        ]);
      },
      { onRequest: (observation) => seen.push(observation) },
    );
  });

  test('settings that make no sense are refused before anything is asked', () => {
    const server = { url: 'http://127.0.0.1:1', asked: [], close: () => Promise.resolve() };
    expect(() => networkAt(server, { networkEid: 'korenaar' })).toThrow(RangeError);
    expect(() => networkAt(server, { apiBase: 'api.speakap.io' })).toThrow(/apiBase/);
    expect(() => networkAt(server, { requestsPerSecond: 0 })).toThrow(/requestsPerSecond/);
  });
});
