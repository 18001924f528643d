import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { RawSip, writeRequest } from '../support/phones/raw-sip.js';
import { writeSdp } from '../support/phones/sdp.js';
import { formatSip, type SipMessage } from '../support/phones/sip-message.js';
import type { SipServer } from '../support/phones/sip-transport.js';

const patienceMs = 10_000;

/** Where a knock comes from and goes to. */
export interface Knock {
  from: string;
  to: string;
  port: number;
}

/** The first line that a SIP exchange says there over UDP; `nobody` where the machine says that nothing listens. */
export function saidOverUdp({ from, to, port }: Knock): Promise<string> {
  const socket = createSocket(to.includes(':') ? 'udp6' : 'udp4');
  const done = new Promise<string>((answered, failed) => {
    const late = setTimeout(() => failed(new Error(`${to}:${port} is silent`)), patienceMs);
    socket.once('message', (data) => answered(data.toString('latin1').split('\r\n')[0] ?? ''));
    socket.once('error', (error) => refused(error, answered, failed));
    socket.once('close', () => clearTimeout(late));
  });
  socket.bind(0, from, () =>
    socket.connect(port, to, () => {
      const me = `${from.includes(':') ? `[${from}]` : from}:${socket.address().port}`;
      const host = to.includes(':') ? `[${to}]` : to;
      socket.send(formatSip(writeRequest({ method: 'OPTIONS', from: 'stranger' }, { host, port }, me)));
    }),
  );
  return done.finally(() => socket.close());
}

/** What becomes of a plain call to the house, without a proof and without encrypted sound. */
export async function calledFrom(address: string, server: SipServer): Promise<SipMessage> {
  const caller = await RawSip.open(address, server);
  const answer = await caller.ask({
    method: 'INVITE',
    from: '13900000009',
    to: '8000',
    headers: [['content-type', 'application/sdp']],
    body: writeSdp(address, 40_000, 1),
  });
  caller.close();
  return answer;
}

/** Whether a TCP connection is taken: `somebody` or `nobody`. */
export function foundOverTcp({ from, to, port }: Knock): Promise<string> {
  const socket = connect({ host: to, port, localAddress: from });
  const done = new Promise<string>((answered, failed) => {
    socket.setTimeout(patienceMs, () => failed(new Error(`${to}:${port} is silent`)));
    socket.once('connect', () => answered('somebody'));
    socket.once('error', (error) => refused(error, answered, failed));
  });
  return done.finally(() => socket.destroy());
}

function refused(error: Error, answered: (who: string) => void, failed: (error: Error) => void): void {
  if ('code' in error && error.code === 'ECONNREFUSED') answered('nobody');
  else failed(error);
}
