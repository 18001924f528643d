import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { readTarget } from './request-target.js';

/** One line a request to the API, without health probes and files. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: () => randomUUID(),
    autoLogging: { ignore: ({ url = '' }) => !url.startsWith('/api/') || url.startsWith('/api/health') },
    customLogLevel: (_request, response, error) =>
      error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'info' : 'debug',
    serializers: {
      // Query strings may carry a guest's token.
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
        id,
        method,
        path: readTarget(url)?.path,
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    },
  });
}
