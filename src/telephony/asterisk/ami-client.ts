import { connect, type Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { z } from 'zod';
import type { Clock } from '../../kernel/clock.js';
import { EngineUnavailable } from '../port/engine.js';
import type { AsteriskOptions } from './asterisk-options.js';
import { BackOff } from './back-off.js';

const responseSchema = z.object({
  ActionID: z.string(),
  Response: z.string(),
  Message: z.string().default(''),
});
export type AmiResponse = z.infer<typeof responseSchema>;

const actionTimeoutMs = 5_000;

/** Splits off the whole messages of what has come so far: blocks of `Key: value` lines, each closed by an empty line. */
export function takeAmiMessages(text: string): { messages: Record<string, string>[]; rest: string } {
  const blocks = text.split('\r\n\r\n');
  const rest = blocks.pop() ?? '';
  const messages = blocks.map((block) =>
    Object.fromEntries(
      block.split('\r\n').flatMap((line): [string, string][] => {
        const colon = line.indexOf(':');
        return colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
      }),
    ),
  );
  return { messages, rest };
}

/** Writes one action. A line break in a value could smuggle in another action, so it throws. */
export function writeAmiAction(fields: Readonly<Record<string, string>>): string {
  const lines = Object.entries(fields).map(([name, value]) => {
    if (/[\r\n]/.test(value)) throw new Error(`AMI ${name} has a line break`);
    return `${name}: ${value}`;
  });
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/**
 * The link to Asterisk's manager interface, for what ARI lacks: MixMonitor, and the news of strangers. Reconnects by
 * itself.
 */
export class AmiClient {
  private readonly log = new Logger(AmiClient.name);
  private readonly backOff: BackOff;
  private readonly pending = new Map<string, (response: AmiResponse | undefined) => void>();
  private socket: Socket | undefined;
  private ready = false;
  private stopped = true;
  private actions = 0;
  private lastProblem = 'not connected yet';

  constructor(
    private readonly options: AsteriskOptions['ami'],
    private readonly clock: Clock,
    private readonly onEvent: (event: Readonly<Record<string, string>>) => void = () => undefined,
  ) {
    this.backOff = new BackOff(clock);
  }

  get connected(): boolean {
    return this.ready;
  }

  get problem(): string {
    return this.lastProblem;
  }

  /** Resolves after the first attempt, whether or not it worked. */
  start(): Promise<void> {
    this.stopped = false;
    return this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.backOff.stop();
    this.socket?.destroy();
    this.lose();
  }

  /** Runs an action and resolves with its response, `Success` or `Error`. */
  async action(fields: Readonly<Record<string, string>>): Promise<AmiResponse> {
    if (!this.ready) throw new EngineUnavailable(this.lastProblem);
    return this.send(fields);
  }

  private async send(fields: Readonly<Record<string, string>>): Promise<AmiResponse> {
    const id = String(++this.actions);
    const text = writeAmiAction({ ...fields, ActionID: id });
    const response = await new Promise<AmiResponse | undefined>((resolve) => {
      const cancel = this.clock.at(this.clock.now() + actionTimeoutMs, () => {
        this.pending.delete(id);
        resolve(undefined);
      });
      this.pending.set(id, (answer) => {
        cancel();
        resolve(answer);
      });
      this.socket?.write(text);
    });
    if (!response) throw new EngineUnavailable(`no answer to AMI ${fields.Action ?? ''}`);
    return response;
  }

  private connect(): Promise<void> {
    const { host, port } = this.options;
    const socket = connect({ host, port, keepAlive: true, keepAliveInitialDelay: 10_000 });
    socket.setEncoding('utf8');
    socket.setNoDelay(true);
    this.socket = socket;
    return new Promise((resolve) => {
      let text = '';
      socket.on('data', (chunk: string) => {
        // The greeting is one line without the empty line that closes a message.
        text = (text + chunk).replace(/^Asterisk Call Manager[^\r\n]*\r\n/, '');
        const { messages, rest } = takeAmiMessages(text);
        text = rest;
        for (const message of messages) this.take(message);
      });
      socket.on('error', (error) => {
        this.lastProblem = error.message;
      });
      socket.on('connect', () => {
        this.signIn(socket).then(resolve, resolve);
      });
      socket.on('close', () => {
        if (this.socket === socket) this.lose();
        resolve();
      });
    });
  }

  private async signIn(socket: Socket): Promise<void> {
    const { user, password } = this.options;
    const response = await this.send({
      Action: 'Login',
      Username: user,
      Secret: password,
      Events: 'security',
    });
    if (response.Response !== 'Success') {
      this.lastProblem = `AMI sign-in: ${response.Message}`;
      this.log.error(this.lastProblem);
      socket.destroy();
      return;
    }
    this.ready = true;
    this.backOff.reset();
  }

  private take(message: Record<string, string>): void {
    const parsed = responseSchema.safeParse(message);
    if (!parsed.success) {
      this.onEvent(message);
      return;
    }
    const settle = this.pending.get(parsed.data.ActionID);
    this.pending.delete(parsed.data.ActionID);
    settle?.(parsed.data);
  }

  private lose(): void {
    this.ready = false;
    this.socket = undefined;
    for (const settle of this.pending.values()) settle(undefined);
    this.pending.clear();
    if (!this.stopped) this.backOff.schedule(() => void this.connect());
  }
}
