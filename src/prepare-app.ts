import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DestinationStream } from 'pino';
import { Config } from './platform/config/config.js';
import { ApiDescription } from './platform/health/api-description.js';
import type { Trust } from './platform/http/client-address.js';
import { clientFiles } from './platform/http/client-files.js';
import { describeApi } from './platform/http/openapi.js';
import { refuseForeignOrigin } from './platform/http/origin.js';
import { requestLog } from './platform/http/request-log.js';
import { securityHeaders } from './platform/http/security-headers.js';
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
    ...clientFiles(clientFolder),
    refuseForeignOrigin,
  );
  app.useBodyParser('json', { limit: '100kb', strict: true });
  app.setGlobalPrefix('api');
  app.useWebSocketAdapter(new RealtimeAdapter(app));
  app.enableShutdownHooks();
  await app.init();
  app.get(ApiDescription).describeBy(() => describeApi(app));
  const trusts: Trust = app.getHttpAdapter().getInstance().get('trust proxy fn');
  app.get(SipProxy).attach(app.getHttpServer(), trusts);
  app.get(SocketDoor).believe(trusts);
}
