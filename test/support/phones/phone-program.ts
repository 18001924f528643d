import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { toneSamples, wavFile } from '../../builders/tone-wav.js';

const speechMs = 90_000;
const endsWithinMs = 3_000;

/** What is asked of a phone that is a program of its own. */
export interface ProgramWish {
  /** Its own address: 127.0.0.x. */
  address: string;
  /** The exchange that it dials through. */
  server: { host: string; port: number };
  /** Its number. */
  user: string;
  /** The tone it speaks, in hertz. */
  tone: number;
  /** Calls over TLS, and with encrypted audio or not at all; proves itself with this account. */
  secured?: { user: string; secret: string };
}

/** A folder of its own with a phone's settings and the tone that it speaks. */
export class PhoneFolder {
  private constructor(readonly path: string) {}

  static async make(name: string, tone: number): Promise<PhoneFolder> {
    const folder = new PhoneFolder(await mkdtemp(join(tmpdir(), `${name}-`)));
    await writeFile(folder.speech, wavFile(toneSamples([{ ms: speechMs, hertz: tone, level: 0.3 }])));
    return folder;
  }

  /** What the phone speaks. */
  get speech(): string {
    return this.at('speech.wav');
  }

  at(name: string): string {
    return join(this.path, name);
  }

  async write(name: string, lines: readonly string[]): Promise<void> {
    await mkdir(dirname(this.at(name)), { recursive: true });
    await writeFile(this.at(name), `${lines.join('\n')}\n`);
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}

/** A running phone program: its output line by line, its keyboard, and its end. */
export class PhoneProgram {
  private said = '';
  private partial = '';
  private readonly exited: Promise<unknown>;

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly onLine: (line: string) => void,
  ) {
    this.exited = once(child, 'exit');
    child.stdout.on('data', (chunk: Buffer) => this.take(chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => this.keep(chunk.toString('utf8')));
  }

  /** `onLine` gets each whole line of its standard output. */
  static async start(
    command: string,
    args: readonly string[],
    options: { env?: NodeJS.ProcessEnv; onLine?: (line: string) => void } = {},
  ): Promise<PhoneProgram> {
    const env = { ...process.env, ...options.env };
    const child = spawn(command, args, { env, stdio: 'pipe' });
    await once(child, 'spawn');
    return new PhoneProgram(child, options.onLine ?? (() => undefined));
  }

  /** The last of what it said, for the message of a test that failed. */
  get lastWords(): string {
    return this.said.slice(-2_000);
  }

  type(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  /** Ends the process: politely, and by force when it does not go. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    const gone = await Promise.race([
      this.exited.then(() => true),
      pause(endsWithinMs, false, { ref: false }),
    ]);
    if (gone) return;
    this.child.kill('SIGKILL');
    await this.exited;
  }

  private take(text: string): void {
    this.keep(text);
    const lines = (this.partial + text).split('\n');
    this.partial = lines.pop() ?? '';
    for (const line of lines) this.onLine(line.trim());
  }

  private keep(text: string): void {
    this.said = (this.said + text).slice(-20_000);
  }
}

/** A UDP port that nobody has at this address. */
export async function freeUdpPort(address: string): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((done) => socket.close(() => done()));
  return port;
}

/** A TCP port that nobody has at this address. */
export async function freeTcpPort(address: string): Promise<number> {
  const server = createServer().listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}
