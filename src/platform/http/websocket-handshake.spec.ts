import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { isHandshake, offeredProtocols } from './websocket-handshake.js';

const good = {
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const asked = (headers: Record<string, string | undefined>, method = 'GET') =>
  ({ method, headers: { ...good, ...headers } }) as unknown as IncomingMessage;

describe('a handshake', () => {
  it('is what browsers send', () => {
    expect(isHandshake(asked({}))).toBe(true);
    expect(isHandshake(asked({ upgrade: 'WebSocket', 'sec-websocket-protocol': 'sip' }))).toBe(true);
  });

  it.each([
    { upgrade: undefined },
    { upgrade: 'h2c' },
    { upgrade: 'websocket, h2c' },
    { 'sec-websocket-version': undefined },
    { 'sec-websocket-version': '8' },
    { 'sec-websocket-version': '13, 8' },
    { 'sec-websocket-key': undefined },
    { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ' },
    { 'sec-websocket-key': `${good['sec-websocket-key']}, ${good['sec-websocket-key']}` },
    { 'sec-websocket-protocol': '' },
    { 'sec-websocket-protocol': 'sip,' },
    { 'sec-websocket-protocol': 'sip, sip' },
    { 'sec-websocket-protocol': 's p' },
    { 'sec-websocket-protocol': Array.from({ length: 50 }, (_, n) => `p${n}`).join(',') },
  ])('is not one with %j', (headers) => {
    expect(isHandshake(asked(headers))).toBe(false);
  });

  it('is a GET', () => {
    expect(isHandshake(asked({}, 'POST'))).toBe(false);
  });

  it('offers protocols in their order', () => {
    expect(offeredProtocols(asked({}))).toEqual([]);
    expect(offeredProtocols(asked({ 'sec-websocket-protocol': 'chat , sip' }))).toEqual(['chat', 'sip']);
  });
});
