import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Server, ServerOptions } from 'socket.io';
import { refuse } from '../../kernel/refusal.js';
import type { Upgrade } from '../http/front-door.js';
import { sameOrigin } from '../http/origin.js';
import { refuseUpgrade } from '../http/upgrade-refusal.js';
import { RedisConnections } from '../redis/redis-connections.js';

/** The largest command: a wrap-up form is a few kB. */
const maxMessageBytes = 64 * 1024;

/** A tab that is frozen in the background, or cut off without a word, is found out within the sum of both. */
const pingEveryMs = 4_000;
const pongWithinMs = 6_000;

/** socket.io as we use it: small messages, own origin only, and every server process reached through a Redis stream. */
export class RealtimeAdapter extends IoAdapter {
  private readonly redis: RedisConnections;
  private realtime: Server | undefined;
  /** Ends the connection of each request nobody was admitted over yet. */
  private readonly waiting = new WeakMap<IncomingMessage, NodeJS.Timeout>();

  constructor(app: INestApplication) {
    super(app);
    this.redis = app.get(RedisConnections);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server: Server = super.createIOServer(port, {
      ...options,
      serveClient: false,
      pingInterval: pingEveryMs,
      pingTimeout: pongWithinMs,
      maxHttpBufferSize: maxMessageBytes,
      // The client's only one; and upgrades are handed in by the front door.
      transports: ['websocket'],
      destroyUpgrade: false,
      allowRequest: (request, answer) => {
        const own = sameOrigin(request);
        answer(own ? null : 'session.origin', own);
      },
    } as ServerOptions);
    server.adapter(
      createAdapter(this.redis.open('realtime'), {
        streamName: this.redis.named('realtime'),
        channelPrefix: this.redis.named('realtime'),
        sessionKeyPrefix: this.redis.named('realtime:session:'),
        blockTimeInMs: 1_000,
        onlyPlaintext: true,
      }),
    );
    server.on('connection', ({ request }) => clearTimeout(this.waiting.get(request)));
    this.realtime = server;
    return server;
  }

  /** Lets a tab in, which has to show its session as soon as a request its head. */
  readonly take = ({ request, socket, head }: Upgrade): void => {
    if (!this.realtime) {
      refuseUpgrade(socket, refuse('service.unavailable'));
      return;
    }
    const late = setTimeout(() => socket.destroy(), (this.httpServer as HttpServer).headersTimeout);
    late.unref();
    this.waiting.set(request, late);
    socket.once('close', () => clearTimeout(late));
    this.realtime.engine.handleUpgrade(request, socket, head);
  };

  /**
   * Lets go of every tab and of the Redis stream. Nest leaves this out when it closes connections by force, and the
   * stream's reader would keep the process alive. The HTTP server is closed by Nest right after.
   */
  override async close(server: Server): Promise<void> {
    server.disconnectSockets(true);
    server.close().catch((error: unknown) => this.logger.warn(error));
  }
}
