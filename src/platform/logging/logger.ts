import { type LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { maskedText } from '../../kernel/masking.js';
import type { Config } from '../config/config.js';
import { errorForLog } from './error-for-log.js';
import { logFileAt } from './log-file.js';

/** Never in a log line, wherever they turn up. */
const secrets = [
  'req.headers.cookie',
  'req.headers.authorization',
  'res.headers["set-cookie"]',
  'password',
  'secret',
  'token',
  '*.password',
  '*.secret',
  '*.token',
  '*.*.password',
  '*.*.secret',
];

/**
 * The process' root logger: JSON lines on standard output, in the file of the settings, or where `to` says; telephone numbers
 * in them are masked.
 */
export function createLogger(config: Config, process: 'api' | 'worker', to?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level: config.logLevel,
    base: { process },
    serializers: { err: (error: unknown) => errorForLog(error) },
    redact: { paths: secrets, censor: '[hidden]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  const out = to ?? (config.logFile ? logFileAt(config.logFile) : pino.destination(1));
  // Errors bring along what a query or a request was about; nobody can name every place a number may come by.
  return pino(options, { write: (line) => void out.write(maskedText(line)) });
}

/** Lets Nest's `Logger`, which every class uses, write through pino. The last extra argument is the class' name. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...more: unknown[]): void {
    this.write('info', message, more);
  }

  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.write('trace', message, more);
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.write('fatal', message, more);
  }

  private write(
    level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace',
    message: unknown,
    more: unknown[],
  ): void {
    const context = typeof more.at(-1) === 'string' ? more.at(-1) : undefined;
    const rest = context === undefined ? more : more.slice(0, -1);
    const err = [message, ...rest].find((part) => part instanceof Error);
    const data = typeof message === 'object' && !(message instanceof Error) ? message : undefined;
    const text = typeof message === 'string' ? message : undefined;
    const stack = rest.find((part) => typeof part === 'string');
    this.logger[level](
      { context, ...data, ...(err && { err }), ...(stack !== undefined && { stack }) },
      text,
    );
  }
}
