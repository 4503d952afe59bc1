import { describe, expect, it } from 'vitest';
import { addressGroup, checkAllowList, isAllowed } from '../../src/drop/allow-list.js';

describe('the allow-list', () => {
  it.each([
    ['203.0.113.7', ['203.0.113.7']],
    ['203.0.113.7', ['198.51.100.1', '203.0.113.0/24']],
    ['::ffff:203.0.113.7', ['203.0.113.0/24']],
    ['203.0.113.7', ['::ffff:203.0.113.0/120']],
    ['203.0.113.7', ['::ffff:203.0.113.7']],
    ['2001:db8::1', ['2001:0db8:0::/48']],
    ['203.0.113.7', ['0.0.0.0/0', '::/0']],
    ['2001:db8::1', ['0.0.0.0/0', '::/0']],
  ])('lets %s in by %j', (address, list) => {
    expect(isAllowed(address, list)).toBe(true);
    expect(() => checkAllowList(list)).not.toThrow();
  });

  it.each([
    ['203.0.113.7', []],
    ['203.0.113.7', ['203.0.113.8', '203.0.112.0/24']],
    ['203.0.113.7', ['::/0']],
    ['2001:db8::1', ['0.0.0.0/0']],
    ['2001:db9::1', ['2001:db8::/32']],
    ['not an address', ['0.0.0.0/0', '::/0']],
    ['203.0.113.7', ['::ffff:198.51.100.0/120']],
  ])('keeps %s out by %j', (address, list) => {
    expect(isAllowed(address, list)).toBe(false);
  });

  it.each([
    '203.0.113',
    '203.0.113.7/33',
    '203.0.113.7/x',
    '203.0.113.7/',
    '1',
    '0x7f.1',
    '::/129',
    '::ffff:1.2.3.4/90',
    '*',
    '',
    'a/b/c',
  ])('has no entry "%s", which lets nobody in', (entry) => {
    expect(isAllowed('203.0.113.7', [entry])).toBe(false);
    expect(() => checkAllowList(['203.0.113.7', entry])).toThrow(RangeError);
  });

  it('takes one network of IPv6 as one address, and each address of IPv4 for itself', () => {
    expect(addressGroup('2001:db8:1:2:3::4')).toBe(addressGroup('2001:db8:1:2::9'));
    expect(addressGroup('2001:db8:1:3::4')).not.toBe(addressGroup('2001:db8:1:2::9'));
    expect(addressGroup('::ffff:203.0.113.7')).toBe('203.0.113.7');
  });
});
