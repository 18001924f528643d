import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { Config } from './platform/config/config.js';
import { httpsOptions } from './platform/http/https-options.js';
import { createLogger, NestLog } from './platform/logging/logger.js';
import { prepareApp } from './prepare-app.js';

/** Builds the API process, ready to listen. Throws `ConfigError` for a wrong setting. */
export async function createApp(telephony: DynamicModule | Type): Promise<NestExpressApplication> {
  const config = Config.from(process.env);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(telephony), {
    bodyParser: false,
    forceCloseConnections: true,
    abortOnError: false,
    logger: new NestLog(createLogger(config, 'api')),
    ...(config.tls && { httpsOptions: httpsOptions(config.tls) }),
  });
  await prepareApp(app);
  return app;
}
