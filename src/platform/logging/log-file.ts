import { renameSync, statSync } from 'node:fs';
import { type DestinationStream, pino } from 'pino';
import { type Clock, SystemClock } from '../../kernel/clock.js';

/** What makes a log file full: its size, and the end of the day (UTC). */
export interface LogFileOptions {
  readonly path: string;
  readonly largestBytes: number;
  readonly clock?: Clock;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** `api.log.20260302T010203004Z`: in the order of their names they are in the order of time. */
const asideOf = (path: string, at: number): string =>
  `${path}.${new Date(at).toISOString().replace(/[-:.]/g, '')}`;

/**
 * A log file that is put aside when it is full; the next line begins a new one. Lines are written whole and at once, so
 * that none is lost or cut in two. Files put aside are removed by who runs the process (`tools/services/log-files.mjs`).
 */
export class LogFile implements DestinationStream {
  private readonly out;
  private readonly clock: Clock;
  private bytes: number;
  private day: string;

  constructor(private readonly options: LogFileOptions) {
    this.clock = options.clock ?? new SystemClock();
    this.out = pino.destination({ dest: options.path, append: true, sync: true, mode: 0o600 });
    const { size, mtimeMs } = statSync(options.path);
    this.bytes = size;
    this.day = dayOf(size > 0 ? mtimeMs : this.clock.now());
  }

  write(line: string): void {
    const day = dayOf(this.clock.now());
    const length = Buffer.byteLength(line);
    const full = this.bytes + length > this.options.largestBytes || day !== this.day;
    if (full && this.bytes > 0) this.putAside();
    this.day = day;
    this.bytes += length;
    this.out.write(line);
  }

  private putAside(): void {
    renameSync(this.options.path, asideOf(this.options.path, this.clock.now()));
    this.out.reopen();
    this.bytes = 0;
  }
}

const open = new Map<string, LogFile>();

/** The one writer of this file in this process. */
export function logFileAt(options: LogFileOptions): LogFile {
  const file = open.get(options.path) ?? new LogFile(options);
  open.set(options.path, file);
  return file;
}
