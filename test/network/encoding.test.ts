import { describe, expect, test } from 'vitest';
import * as encoding from '../../src/network/speakap/encoding.js';

describe('media types and encodings', () => {
  test('Accept carries the version and the media type', () => {
    expect(encoding.acceptOf('hal', '1.8.2')).toBe('application/vnd.speakap.api-v1.8.2+json+hal');
    expect(encoding.acceptOf('plain', '2024.3.2')).toBe('application/vnd.speakap.api-v2024.3.2+json');
    expect(encoding.acceptOf('scim', '1.8.2')).toBe('application/scim+json');
  });

  test('a list, a map and a list of objects become form pairs as documented', () => {
    const pairs = [
      ...encoding.listPairs('groups', ['a', 'b']),
      ...encoding.mapPairs('memberships', new Map([['m1', 'admin']])),
      ...encoding.objectListPairs('invitees', [{ name: 'An', email: 'a@example.com' }, { telephoneNumber: '+31 6' }]),
    ];
    expect(pairs).toEqual([
      ['groups[]', 'a'],
      ['groups[]', 'b'],
      ['memberships[m1]', 'admin'],
      ['invitees[0][name]', 'An'],
      ['invitees[0][email]', 'a@example.com'],
      ['invitees[1][telephoneNumber]', '+31 6'],
    ]);
  });

  test('a form survives signs that mean something in a form', () => {
    const text = encoding.encodeBody({ kind: 'form', pairs: [['a[0]', 'x & y=+ü']] });
    expect([...new URLSearchParams(text)]).toEqual([['a[0]', 'x & y=+ü']]);
  });

  test('a space in a query is %20, never +', () => {
    expect(encoding.encodeQuery([['filter', 'userName eq "a b"']])).toBe('?filter=userName%20eq%20%22a%20b%22');
    expect(encoding.encodeQuery([])).toBe('');
  });

  test('a path is filled and escaped, and a missing part is an error', () => {
    expect(encoding.fillPath('/networks/{net}/users/{user}/', { net: 'n', user: 'a/b' })).toBe(
      '/networks/n/users/a%2Fb/',
    );
    expect(() => encoding.fillPath('/networks/{net}/', {})).toThrow(/\{net\}/);
  });

  test('a SCIM filter cannot be broken out of', () => {
    expect(encoding.equalsFilter('userName', '1" or userName pr or "')).toBe(
      String.raw`userName eq "1\" or userName pr or \""`,
    );
  });
});
