import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** Plays the engine's side of the signalling: takes frames, answers each with an echo. */
export class SignallingPeer {
  readonly heard: string[] = [];
  /** Every TCP connection that was ever made to it. */
  reached = 0;
  /** While set, nobody who connects is answered. */
  silent = false;
  private readonly reaching = new Set<Socket>();
  private readonly kept: (() => void)[] = [];
  private readonly sockets: WebSocketServer;

  private constructor(private readonly server: Server) {
    this.sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'sip' });
    server.on('connection', (socket) => {
      this.reached += 1;
      this.reaching.add(socket);
      socket.once('close', () => this.reaching.delete(socket));
    });
    server.on('upgrade', (request, socket, head) => {
      const letIn = () => this.sockets.handleUpgrade(request, socket, head, (phone) => this.talk(phone));
      if (!this.silent) return letIn();
      this.kept.push(letIn);
      // Who is kept waiting may go, and that has to be seen.
      socket.once('end', () => socket.destroy()).resume();
    });
  }

  static async listen(port = 0): Promise<SignallingPeer> {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new SignallingPeer(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get connections(): WebSocket[] {
    return [...this.sockets.clients];
  }

  /** TCP connections that are open now, answered or not. */
  get open(): number {
    return this.reaching.size;
  }

  /** Answers those who were kept waiting. */
  goesOn(): void {
    this.silent = false;
    for (const letIn of this.kept.splice(0)) letIn();
  }

  async close(): Promise<void> {
    for (const socket of this.reaching) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private talk(phone: WebSocket): void {
    phone.on('message', (data, binary) => {
      this.heard.push(String(data));
      phone.send(`echo ${binary ? 'binary' : 'text'} ${data}`);
    });
  }
}
