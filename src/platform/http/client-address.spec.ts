import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { clientAddress } from './client-address.js';

const request = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

describe('who asks', () => {
  it('is the other end of the connection, whatever it says, unless it is trusted', () => {
    expect(clientAddress(request('::ffff:192.0.2.1', '203.0.113.9'), () => false)).toBe('192.0.2.1');
    const proxy = (address: string) => address === '127.0.0.1' || address === '10.0.0.1';
    expect(clientAddress(request('127.0.0.1', '198.51.100.1, 203.0.113.9, 10.0.0.1'), proxy)).toBe(
      '203.0.113.9',
    );
    expect(clientAddress(request('127.0.0.1', '10.0.0.1'), proxy)).toBe('10.0.0.1');
    expect(clientAddress(request('127.0.0.1'), proxy)).toBe('127.0.0.1');
  });
});
