import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DestinationStream } from 'pino';
import { Config } from './platform/config/config.js';
import { ApiDescription } from './platform/health/api-description.js';
import { descriptors } from './platform/health/resources.js';
import type { Trust } from './platform/http/client-address.js';
import { clientFiles } from './platform/http/client-files.js';
import { limitConnections } from './platform/http/connection-limits.js';
import { putFrontDoor } from './platform/http/front-door.js';
import { describeApi } from './platform/http/openapi.js';
import { refuseForeignOrigin } from './platform/http/origin.js';
import { requestLog } from './platform/http/request-log.js';
import { securityHeaders } from './platform/http/security-headers.js';
import { smallerAnswers } from './platform/http/smaller-answers.js';
import { createLogger, NestLog } from './platform/logging/logger.js';
import { RealtimeAdapter } from './platform/realtime/realtime-adapter.js';
import { SocketDoor } from './platform/realtime/socket-door.js';
import { SipProxy } from './platform/sip-proxy/sip-proxy.js';

/** The HTTP server around the application: what `main` and the tests have in common. Create it with `bodyParser: false`. */
export async function prepareApp(
  app: NestExpressApplication,
  { clientFolder, logTo }: { clientFolder?: string; logTo?: DestinationStream } = {},
): Promise<void> {
  const config = app.get(Config);
  const logger = createLogger(config, 'api', logTo);
  app.useLogger(new NestLog(logger));
  app.set('trust proxy', config.trustedProxies === '' ? false : config.trustedProxies);
  app.disable('x-powered-by');
  app.use(
    requestLog(logger),
    ...securityHeaders({ tls: config.tls !== undefined }),
    smallerAnswers(),
    ...clientFiles(clientFolder),
    refuseForeignOrigin,
  );
  app.useBodyParser('json', { limit: '100kb', strict: true });
  app.setGlobalPrefix('api');
  const realtime = new RealtimeAdapter(app);
  app.useWebSocketAdapter(realtime);
  app.enableShutdownHooks();
  await app.init();
  app.get(ApiDescription).describeBy(() => describeApi(app));
  await openDoors(app, realtime);
}

/** The last, when everything that is to hear of requests listens. */
async function openDoors(app: NestExpressApplication, realtime: RealtimeAdapter): Promise<void> {
  const { doors } = app.get(Config);
  const server: Server = app.getHttpServer();
  const isProxy: Trust = app.getHttpAdapter().getInstance().get('trust proxy fn');
  const sip = app.get(SipProxy);
  sip.open(isProxy);
  app.get(SocketDoor).believe(isProxy);
  // A softphone's needs a second descriptor, towards the engine, and files and stores need some: strangers shall never
  // have the last.
  const inAll = Math.min(doors.connections, Math.floor((await descriptors()).most / 3));
  limitConnections(server, { inAll, perAddress: doors.connectionsPerAddress, isProxy });
  putFrontDoor(
    server,
    new Map([
      ['/socket.io/', realtime.take],
      ['/sip', sip.take],
    ]),
  );
}
