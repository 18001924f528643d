import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { z } from 'zod';
import { eventually } from '../eventually.js';
import { freeTcpPort, freeUdpPort, PhoneFolder, PhoneProgram, type ProgramWish } from './phone-program.js';
import { allIn, lastIn, type RealPhone } from './real-phone.js';
import type { CallState } from './sip-call.js';

/** What baresip tells over its control port; answers to commands have no type. */
const toldSchema = z.object({ type: z.string().optional(), param: z.string().optional() });

const states: Readonly<Record<string, CallState>> = {
  CALL_INCOMING: 'ringing',
  CALL_RINGING: 'ringing',
  CALL_PROGRESS: 'ringing',
  CALL_ESTABLISHED: 'up',
  CALL_CLOSED: 'ended',
};

/** A baresip of its own: commanded and watched over its control port, speaking from a file, what it hears in another. */
export class BaresipPhone implements RealPhone {
  state: CallState | null = null;
  readonly digits: string[] = [];
  private unread = '';

  private constructor(
    private readonly wish: ProgramWish,
    readonly reachedAt: string,
    private readonly folder: PhoneFolder,
    private readonly program: PhoneProgram,
    private readonly control: Socket,
  ) {
    control.on('data', (chunk: Buffer) => this.take(chunk.toString('utf8')));
    // When the program ends it may cut the line first.
    control.on('error', () => undefined);
  }

  static async start(wish: ProgramWish): Promise<BaresipPhone> {
    const { address, user, tone, secured } = wish;
    const port = await freeUdpPort(address);
    // Another than SIP's, which it takes for UDP and TCP alike.
    const controlPort = await freeTcpPort(address);
    const folder = await PhoneFolder.make('baresip', tone);
    await folder.write('config', settings(address, port, controlPort, folder));
    await folder.write('accounts', [
      `<sip:${user}@${address}>;regint=0;answermode=manual${secured ? securedBy(secured) : ''}`,
    ]);
    await folder.write('contacts', []);
    const program = await PhoneProgram.start('baresip', ['-f', folder.path]);
    const control = await eventually(() => lineTo(address, controlPort), {
      withinMs: 10_000,
      what: 'baresip takes commands',
    });
    return new BaresipPhone(wish, `${address}:${port}`, folder, program, control);
  }

  dial(number: string): void {
    const { host, port } = this.wish.server;
    this.state = 'calling';
    this.command('dial', `sip:${number}@${host}:${port}${this.wish.secured ? ';transport=tls' : ''}`);
  }

  answer(): void {
    this.command('accept');
  }

  /** Turned away with 486: to the caller it is busy. */
  reject(): void {
    this.command('hangup');
  }

  hangUp(): void {
    this.command('hangup');
  }

  /** After it, this program writes down no more of what it hears: it listens, but the test does not. */
  hold(): void {
    this.command('hold');
  }

  resume(): void {
    this.command('resume');
  }

  sendDigits(digits: string): void {
    for (const digit of digits) this.command('sndcode', digit);
  }

  lastHeard(ms: number): Int16Array {
    return lastIn(this.dumps().at(-1), ms);
  }

  allHeard(): Int16Array {
    return allIn(this.dumps().at(-1));
  }

  async clear(): Promise<void> {
    if (this.state !== null && this.state !== 'ended') {
      this.hangUp();
      await eventually(() => this.state === 'ended', { what: `baresip hangs up\n${this.program.lastWords}` });
    }
    this.state = null;
    this.digits.length = 0;
    for (const dump of this.dumps()) rmSync(dump);
  }

  async close(): Promise<void> {
    this.control.destroy();
    await this.program.end();
    await this.folder.remove();
  }

  /** Names carry the time of their beginning. */
  private dumps(): string[] {
    return readdirSync(this.folder.path)
      .filter((name) => name.endsWith('-dec.wav'))
      .sort()
      .map((name) => this.folder.at(name));
  }

  private command(command: string, params = ''): void {
    const text = JSON.stringify({ command, params });
    this.control.write(`${Buffer.byteLength(text)}:${text},`);
  }

  /** Net strings: `length:text,` one after the other. */
  private take(text: string): void {
    this.unread += text;
    for (;;) {
      const length = Number(/^(\d+):/.exec(this.unread)?.[1] ?? Number.NaN);
      const start = String(length).length + 1;
      if (Number.isNaN(length) || this.unread.length < start + length + 1) return;
      this.told(toldSchema.parse(JSON.parse(this.unread.slice(start, start + length))));
      this.unread = this.unread.slice(start + length + 1);
    }
  }

  private told({ type = '', param }: z.infer<typeof toldSchema>): void {
    this.state = states[type] ?? this.state;
    if (type === 'CALL_DTMF_START' && param) this.digits.push(param);
  }
}

function settings(address: string, port: number, controlPort: number, folder: PhoneFolder): string[] {
  return [
    `sip_listen ${address}:${port}`,
    `net_interface ${address}`,
    `ctrl_tcp_listen ${address}:${controlPort}`,
    'module_path /usr/lib/baresip/modules',
    ...['g711', 'aufile', 'aubridge', 'sndfile', 'srtp'].map((name) => `module ${name}.so`),
    'module_tmp account.so',
    ...['menu', 'ctrl_tcp'].map((name) => `module_app ${name}.so`),
    `audio_source aufile,${folder.speech}`,
    // There is no loudspeaker; what is heard is written down on the way to it.
    'audio_player aubridge,nobody',
    `snd_path ${folder.path}`,
  ];
}

function securedBy({ user, secret }: NonNullable<ProgramWish['secured']>): string {
  return `;auth_user=${user};auth_pass=${secret};mediaenc=srtp-mand`;
}

/** A connection once the program listens; undefined while it does not yet. */
async function lineTo(host: string, port: number): Promise<Socket | undefined> {
  const socket = connect(port, host);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return undefined;
    throw error;
  }
}
