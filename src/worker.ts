import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Config } from './platform/config/config.js';
import { createLogger, NestLog } from './platform/logging/logger.js';
import { exitOnUncaught, startOrExit } from './platform/process.js';
import { WorkerModule } from './worker.module.js';

exitOnUncaught();
await startOrExit(async () => {
  const config = Config.from(process.env);
  const logger = new NestLog(createLogger(config, 'worker'));
  const app = await NestFactory.createApplicationContext(WorkerModule, { logger, abortOnError: false });
  app.enableShutdownHooks();
  logger.log('worker started', 'Worker');
});
