import { expect, test } from 'vitest';
import { renderPayload } from '../../src/report/payload-text.js';
import { renderRequests } from '../../src/report/request-words.js';

test('feature 19: requests are counted by what they are for, with the time that they take', () => {
  const counts = [
    { what: 'read groups and roles', requests: 2 },
    { what: 'change_role', requests: 1_998 },
  ];
  const text = renderRequests({ counts, requests: 2_000, seconds: 200, ifApproved: { requests: 2_100, seconds: 210 } });
  expect(text).toContain('Requests to the network, when everything goes well: 2,000, about 3 min 20 s at its rate');
  expect(text).toMatch(/change role +│ +1,998/);
  expect(text).toContain('With what is held: 2,100 requests, about 3 min 30 s at its rate.');
  const unlimited = renderRequests({ counts, requests: 2_000, seconds: null, ifApproved: null });
  expect(unlimited).toContain('2,000; the network has no limit');
  expect(unlimited).not.toContain('held');
});

test('a payload is told as one reads it, without anything that a terminal would obey', () => {
  const json = { method: 'POST', url: 'http://a.example/Users', query: [], contentType: 'application/scim+json' };
  const form = { ...json, url: 'http://a.example/invite', contentType: 'application/x-www-form-urlencoded' };
  const text = renderPayload({
    xid: '0004711',
    requests: [
      { ...json, body: '{"userName":"a\\u009b31m"}' },
      { ...form, body: 'groups%5B%5D=1&groups%5B%5D=2' },
    ],
    notes: ['A guard holds it.'],
  });
  expect(text).toContain('Payload for 0004711: in this order');
  expect(text).toContain('  {\n    "userName": "a 31m"\n  }');
  expect(text).toContain('  groups[] = 1\n  groups[] = 2');
  expect(text).toContain('A guard holds it.');
  expect(text).not.toContain('\u009b');
});
