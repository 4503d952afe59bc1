import { describe, expect, test } from 'vitest';
import { checkUploadAddresses, UnusableAddress } from '../../src/drop/upload-addresses.js';

describe('the addresses from which a customer uploads', () => {
  test('are addresses and ranges, each once', () => {
    const given = [' 203.0.113.7', '198.51.100.0/24', '2001:db8:1::/48', '203.0.113.7', ''];
    expect(checkUploadAddresses(given, 'sftp.example.org')).toEqual([
      '203.0.113.7',
      '198.51.100.0/24',
      '2001:db8:1::/48',
    ]);
  });

  test.each([
    ['0.0.0.0/0', 'it allows everybody'],
    ['::/0', 'it allows everybody'],
    ['203.0.0.0/8', 'wider than /16'],
    ['2001::/16', 'wider than /32'],
    ['10.1.2.3', 'it is private'],
    ['192.168.0.0/16', 'it is private'],
    ['::ffff:192.168.1.1', 'it is private'],
    ['fd00:1:2::/48', 'it is private'],
    ['100.64.3.0/24', 'shares it among many'],
    ['127.0.0.1', 'the machine itself'],
    ['::1', 'the machine itself'],
    ['169.254.1.1', 'within one network only'],
    ['224.0.0.1', 'nobody can call from there'],
    ['0.0.0.0', 'everybody, or nobody'],
    ['korenaar.example', 'no address and no range'],
    ['203.0.113.0/33', 'no address and no range'],
  ])('cannot be %s', (address, reason) => {
    const check = () => checkUploadAddresses(['203.0.113.7', address], 'sftp.example.org');
    expect(check).toThrow(UnusableAddress);
    expect(check).toThrow(reason);
    expect(check).toThrow(/No login was made or changed\.$/);
  });

  test('cannot be none', () => {
    expect(() => checkUploadAddresses([' '], 'sftp.example.org')).toThrow(
      'at least one address of the customer is needed',
    );
  });

  test('may be of this machine, or private, where the drop itself is', () => {
    expect(checkUploadAddresses(['127.0.0.1'], '127.0.0.1')).toEqual(['127.0.0.1']);
    expect(checkUploadAddresses(['127.0.0.1', '::1'], 'localhost')).toEqual(['127.0.0.1', '::1']);
    expect(checkUploadAddresses(['10.0.0.0/16'], '10.3.0.1')).toEqual(['10.0.0.0/16']);
    expect(() => checkUploadAddresses(['10.0.0.1'], '127.0.0.1')).toThrow('it is private');
  });
});
