import { once } from 'node:events';
import { createServer } from 'node:net';
import { Logger } from '@nestjs/common';
import { type Config, ConfigError } from './config/config.js';

/** A bug that nothing caught leaves the process in an unknown state: told once, then started anew by whoever runs us. */
export function exitOnUncaught(): void {
  const leave = (error: unknown) => {
    new Logger('Process').fatal({ msg: 'uncaught', err: error });
    process.exit(1);
  };
  process.on('uncaughtException', leave);
  process.on('unhandledRejection', leave);
}

/**
 * Throws when the port is taken. Asked before anything else is begun: a second server that only finds out when it comes
 * to listen has by then taken the telephony engine's events from the first.
 */
export async function needFreePort({ port, host }: Config): Promise<void> {
  const probe = createServer().listen(port, host);
  try {
    await once(probe, 'listening');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new ConfigError(`PORT: ${host}:${port} is in use by another program`);
  }
  probe.close();
  await once(probe, 'close');
}

/** Starts; a start that fails says why in one line and ends the process. What it writes is for its own user only, and it knows no zone but the house's. */
export async function startOrExit(start: () => Promise<void>): Promise<void> {
  process.umask(0o077);
  process.env.TZ = 'UTC';
  try {
    await start();
  } catch (error) {
    const detail = error instanceof ConfigError ? error.message : `cannot start: ${reason(error)}`;
    process.stderr.write(`${detail}\n`);
    process.exit(1);
  }
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join('; ');
  if (!(error instanceof Error)) return String(error);
  return (
    (process.env.SANLING_LOG_LEVEL === 'debug' ? error.stack : undefined) ??
    error.message.split('\n')[0] ??
    ''
  );
}
