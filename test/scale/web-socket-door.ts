import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { ApiProcess } from '../support/product-process.js';

/**
 * SIP over WebSocket for a test phone that speaks UDP: what the phone sends here goes on through the API process's own
 * door for softphones, as a browser's would.
 */
export class WebSocketDoor {
  private readonly udp = createSocket('udp4');
  private phone: RemoteInfo | undefined;
  /** By call: the proxies that an INVITE came through, which its answers must name and the plain phone leaves out. */
  private readonly routes = new Map<string, string>();

  private constructor(private readonly socket: WebSocket) {
    this.udp.on('message', (data, from) => {
      this.phone = from;
      if (socket.readyState === WebSocket.OPEN) socket.send(this.outward(String(data)));
    });
    socket.on('message', (data) => this.inward(String(data)));
  }

  /** Opens the door with the cookie of a signed-in agent. */
  static async open(process: ApiProcess, cookie: string): Promise<WebSocketDoor> {
    const socket = new WebSocket(`${process.url.replace('http', 'ws')}/sip`, ['sip'], {
      headers: { cookie },
      origin: process.url,
    });
    await once(socket, 'open');
    const door = new WebSocketDoor(socket);
    door.udp.bind(0, '127.0.0.1');
    await once(door.udp, 'listening');
    return door;
  }

  /** Where the phone finds its exchange. */
  get server(): { host: string; port: number } {
    return { host: '127.0.0.1', port: (this.udp.address() as AddressInfo).port };
  }

  close(): void {
    this.socket.close();
    this.udp.close();
  }

  private outward(text: string): string {
    if (!text.startsWith('SIP/2.0')) {
      return text
        .replace(/^via: SIP\/2\.0\/UDP/im, 'Via: SIP/2.0/WS')
        .replace(/^(contact: <sip:[^>]+)>/im, '$1;transport=ws>');
    }
    const routes = /^cseq: \d+ INVITE/im.test(text) ? this.routes.get(callOf(text)) : undefined;
    const answer = text.replace(/^(contact: <sip:[^>]+)>/im, '$1;transport=ws>');
    return routes === undefined ? answer : answer.replace('\r\n', `\r\n${routes}\r\n`);
  }

  private inward(text: string): void {
    if (text.startsWith('INVITE ')) {
      const routes = text.match(/^record-route: .*$/gim) ?? [];
      this.routes.set(callOf(text), routes.map((line) => line.trim()).join('\r\n'));
    }
    // What the phone is answered must look as it was asked.
    const inner = text.startsWith('SIP/2.0 ') ? text.replace(/^(via: SIP\/2\.0\/)WS/im, '$1UDP') : text;
    if (this.phone) this.udp.send(inner, this.phone.port, this.phone.address);
  }
}

function callOf(text: string): string {
  return /^call-id: *(\S+)/im.exec(text)?.[1] ?? '';
}
