import { describe, expect, it } from '@jest/globals';
import { addressList, isListed } from './address-list.js';

describe('a list of addresses', () => {
  it('knows single ones and networks of both kinds, and leaves names out', () => {
    const list = addressList('192.0.2.0/24, 198.51.100.7,2001:db8::/32,sip.carrier.example, ');
    const asked = [
      '192.0.2.200',
      '198.51.100.7',
      '2001:db8:1::5',
      '192.0.3.1',
      '198.51.100.8',
      '2001:db9::1',
    ];
    expect(asked.map((address) => isListed(list, address))).toEqual([true, true, true, false, false, false]);
  });

  it('that is empty lists nobody', () => {
    expect(isListed(addressList(''), '127.0.0.1')).toBe(false);
  });
});
