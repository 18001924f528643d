import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.js';
import { SystemClock } from '../../kernel/clock.js';
import { AmiClient, takeAmiMessages, writeAmiAction } from './ami-client.js';

describe('AMI on the wire', () => {
  it('keeps what is not whole yet', () => {
    const { messages, rest } = takeAmiMessages('Response: Success\r\nMessage: a: b\r\n\r\nEvent: X\r\nNa');
    expect(messages).toEqual([{ Response: 'Success', Message: 'a: b' }]);
    expect(rest).toBe('Event: X\r\nNa');
  });

  it('refuses a value that would smuggle in another action', () => {
    expect(writeAmiAction({ Action: 'Ping' })).toBe('Action: Ping\r\n\r\n');
    expect(() => writeAmiAction({ Channel: 'x\r\n\r\nAction: Originate' })).toThrow('line break');
  });
});

describe('AMI client', () => {
  const servers: Server[] = [];
  const clients: AmiClient[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) client.stop();
    for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
  });

  /** A manager interface that answers every action but `Lost`, and the sign-in when the secret is right. */
  async function manager(port = 0): Promise<{ port: number; sockets: Socket[] }> {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      let text = '';
      socket.on('data', (chunk) => {
        const taken = takeAmiMessages(text + String(chunk));
        text = taken.rest;
        for (const { Action, ActionID, Secret } of taken.messages) {
          if (Action === 'Lost') socket.destroy();
          else if (Action === 'Login' && Secret !== 'right')
            socket.write(
              `Response: Error\r\nActionID: ${ActionID}\r\nMessage: Authentication failed\r\n\r\n`,
            );
          else
            socket.write(
              `Event: Noise\r\n\r\nResponse: Success\r\nActionID: ${ActionID}\r\nMessage: ${Action}\r\n\r\n`,
            );
        }
      });
      socket.write('Asterisk Call Manager/11.0.0\r\n');
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return { port: (server.address() as AddressInfo).port, sockets };
  }

  function client(port: number, password = 'right'): AmiClient {
    const made = new AmiClient({ host: '127.0.0.1', port, user: 'sanling', password }, new SystemClock());
    clients.push(made);
    return made;
  }

  it('signs in and matches answers with actions', async () => {
    const ami = client((await manager()).port);
    await ami.start();
    const answers = await Promise.all(['One', 'Two'].map((Action) => ami.action({ Action })));
    expect(answers.map(({ Message }) => Message)).toEqual(['One', 'Two']);
  });

  it('says why it is down when the sign-in fails', async () => {
    const ami = client((await manager()).port, 'wrong');
    await ami.start();
    await eventually(() => ami.problem.includes('Authentication failed'));
    await expect(ami.action({ Action: 'One' })).rejects.toThrow('Authentication failed');
  });

  it('comes back after the connection broke, and starts without a server', async () => {
    const { port, sockets } = await manager();
    const ami = client(port);
    await ami.start();
    await expect(ami.action({ Action: 'Lost' })).rejects.toThrow('telephony engine unavailable');
    await eventually(() => ami.connected);
    expect(sockets).toHaveLength(2);
    const [server] = servers.splice(0);
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server?.close(done));
    const early = client(port);
    await early.start();
    await expect(early.action({ Action: 'One' })).rejects.toThrow('telephony engine unavailable');
    await manager(port);
    await eventually(() => early.connected && ami.connected);
  });
});
