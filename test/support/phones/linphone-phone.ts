import { rmSync } from 'node:fs';
import { eventually } from '../eventually.js';
import { freeUdpPort, PhoneFolder, PhoneProgram, type ProgramWish } from './phone-program.js';
import { allIn, lastIn, type RealPhone } from './real-phone.js';
import type { CallState } from './sip-call.js';

/** What linphonec prints, and the state of the call that it tells. */
const states: readonly (readonly [RegExp, CallState])[] = [
  [/^Receiving new incoming call/, 'ringing'],
  [/^Call \d+ to .* ringing/, 'ringing'],
  [/^Media streams established/, 'up'],
  [/^Call \d+ with .* (ended|error)/, 'ended'],
];

/** A linphonec of its own: commanded by its keyboard, speaking from a file, what it hears in another. */
export class LinphonePhone implements RealPhone {
  state: CallState | null = null;
  readonly digits: string[] = [];
  private program: PhoneProgram | undefined;
  private recordings = 0;

  private constructor(
    private readonly wish: ProgramWish,
    private readonly port: number,
    private readonly folder: PhoneFolder,
  ) {}

  static async start(wish: ProgramWish): Promise<LinphonePhone> {
    const { address, user, tone } = wish;
    const port = await freeUdpPort(address);
    const folder = await PhoneFolder.make('linphone', tone);
    await folder.write('settings', settings(address, port, user));
    // Without a place for its database it answers to nobody.
    await folder.write('.local/share/linphone/.keep', []);
    const phone = new LinphonePhone(wish, port, folder);
    await phone.run();
    return phone;
  }

  get reachedAt(): string {
    return `${this.wish.address}:${this.port}`;
  }

  dial(number: string): void {
    const { host, port } = this.wish.server;
    this.state = 'calling';
    this.type(`call sip:${number}@${host}:${port}`);
  }

  answer(): void {
    this.type('answer');
  }

  /** Declined with 603. A second call while it has one is told 486. */
  reject(): void {
    this.type('terminate');
  }

  hangUp(): void {
    this.type('terminate');
  }

  hold(): void {
    this.type('pause');
  }

  resume(): void {
    this.type('resume');
  }

  sendDigits(digits: string): void {
    for (const digit of digits) this.type(digit);
  }

  lastHeard(ms: number): Int16Array {
    return lastIn(this.recording, ms);
  }

  allHeard(): Int16Array {
    return allIn(this.recording);
  }

  async clear(): Promise<void> {
    if (this.state !== null && this.state !== 'ended') {
      this.hangUp();
      const what = `linphonec hangs up\n${this.program?.lastWords}`;
      await eventually(() => this.state === 'ended', { what });
    }
    this.state = null;
    this.digits.length = 0;
    rmSync(this.recording, { force: true });
    this.record();
  }

  async close(): Promise<void> {
    await this.program?.end();
    await this.folder.remove();
  }

  private async run(): Promise<void> {
    let awake = false;
    this.program = await PhoneProgram.start('linphonec', ['-c', this.folder.at('settings')], {
      env: { HOME: this.folder.path },
      onLine: (line) => {
        awake ||= line.startsWith('Using wav files');
        this.told(line.replace(/^(linphonec> )+/, ''));
      },
    });
    this.type('soundcard use files');
    this.type(`play ${this.folder.speech}`);
    this.record();
    await eventually(() => awake, { withinMs: 20_000, what: 'linphonec takes commands' });
  }

  private get recording(): string {
    return this.folder.at(`heard-${this.recordings}.wav`);
  }

  /** It would write the next call behind the last one, so that each gets a file of its own. */
  private record(): void {
    this.recordings++;
    this.type(`record ${this.recording}`);
  }

  private type(line: string): void {
    this.program?.type(line);
  }

  private told(line: string): void {
    this.state = states.find(([pattern]) => pattern.test(line))?.[1] ?? this.state;
    const digit = /^Receiving tone (\S)/.exec(line)?.[1];
    if (digit) this.digits.push(digit);
  }
}

function settings(address: string, port: number, user: string): string[] {
  return [
    '[sip]',
    `bind_address=${address}`,
    `sip_port=${port}`,
    ...['sip_tcp_port=0', 'sip_tls_port=0', 'use_ipv6=0', 'use_info=0', 'use_rfc2833=1'],
    `contact=<sip:${user}@${address}>`,
    '[rtp]',
    'audio_rtp_port=31000-31999',
    '[sound]',
    'echocancellation=0',
    '[misc]',
    'max_calls=1',
  ];
}
