import { createSocket, type Socket } from 'node:dgram';
import { decodeALaw } from './a-law.js';
import { frameSamples, framesOf, silence, toneFrames } from './voice-frames.js';

const alaw = 8;
const telephoneEvent = 101;
const keypad = '0123456789*#ABCD';

/**
 * Every stream begins its numbers behind those of the one before, where RFC 3550 (5.1) wants chance: to an Asterisk that
 * takes two voices for one stream (docs/adr/0008), whoever comes later is too late then, in every run.
 */
let firstNumber = 50_000;
function nextFirstNumber(): number {
  firstNumber = (firstNumber - 9_973) & 0xffff;
  return firstNumber;
}

/** Addresses are numbers here: a question to the system for each of 50 packets a second would cost more than the packet. */
const asItStands = (
  address: string,
  _options: object,
  done: (error: null, address: string, family: number) => void,
): void => done(null, address, 4);

/**
 * The audio of one call: sends A-law in 20 ms frames (silence, a tone or samples), keeps what it heard, sends and
 * takes keypad tones (RFC 4733).
 */
export class RtpStream {
  /** What came and when, oldest first, as 20 ms frames of A-law; capped at the last minute. */
  private readonly heard: { at: number; payload: Buffer }[] = [];
  readonly digits: string[] = [];
  packetsIn = 0;
  packetsOut = 0;
  private source: (frame: number) => Buffer = () => silence;
  private target: { address: string; port: number } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private sequence = nextFirstNumber();
  private timestamp = 0;
  private sent = 0;
  private lastDigitStamp = -1;
  private readonly tones: Buffer[] = [];
  private startedAt = 0;
  private ticks = 0;
  private lossShare = 0;
  private lossDue = 0;

  private constructor(
    private readonly socket: Socket,
    readonly address: string,
    readonly port: number,
  ) {
    socket.on('message', (packet) => this.take(packet));
    // A peer that has gone makes the kernel report refused packets; the call's end is told by SIP.
    socket.on('error', () => undefined);
  }

  /** Binds a free port of the phone's own address. */
  static async open(address: string): Promise<RtpStream> {
    const socket = createSocket({ type: 'udp4', lookup: asItStands });
    await new Promise<void>((done, fail) => {
      socket.once('error', fail);
      socket.bind(0, address, () => {
        socket.off('error', fail);
        done();
      });
    });
    return new RtpStream(socket, address, socket.address().port);
  }

  /** Where the peer takes its audio. */
  get peer(): { address: string; port: number } {
    if (!this.target) throw new Error('no peer yet');
    return this.target;
  }

  /** Starts sending to the peer's address (again, after a re-INVITE). */
  sendTo(address: string, port: number): void {
    this.target = { address, port };
    if (this.timer) return;
    this.startedAt = performance.now();
    this.timer = setInterval(() => this.catchUp(), 20);
    this.timer.unref();
  }

  /** Speaks a steady tone of whole hertz from now on; 0 is silence. */
  tone(frequency: number, level = 0.3): void {
    const frames = toneFrames(frequency, level);
    this.source = (frame) => frames[frame % frames.length] ?? silence;
  }

  /** Speaks these samples (8 kHz) once, then silence. */
  speak(samples: Int16Array): void {
    const frames = framesOf(samples);
    const from = this.sent;
    this.source = (frame) => frames[frame - from] ?? silence;
  }

  /** From now on this share of the packets, evenly spread, is lost on the way. */
  loses(share: number): void {
    this.lossShare = share;
  }

  /** Queues a keypad tone of 100 ms. */
  digit(digit: string): void {
    const code = keypad.indexOf(digit);
    if (code < 0) throw new Error(`no such key: ${digit}`);
    for (let step = 1; step <= 8; step++) {
      const payload = Buffer.alloc(4);
      payload[0] = code;
      payload[1] = (step > 5 ? 0x80 : 0) | 10;
      payload.writeUInt16BE(Math.min(step, 5) * frameSamples, 2);
      this.tones.push(payload);
    }
  }

  /** The last `ms` as one run of samples (8 kHz). A peer that sends nothing leaves silence. */
  lastHeard(ms = 400): Int16Array {
    const frames = Math.ceil(ms / 20);
    // One frame more than fits: packets never come at exactly even times.
    const since = performance.now() - ms - 20;
    const recent = this.heard.filter(({ at }) => at >= since).slice(-frames);
    const all = new Int16Array(frames * frameSamples);
    recent.forEach(({ payload }, index) => {
      const samples = Int16Array.from(payload.subarray(0, frameSamples), decodeALaw);
      all.set(samples, (frames - recent.length + index) * frameSamples);
    });
    return all;
  }

  /** Forgets what was heard, so that the next look is at new audio only. */
  forget(): void {
    this.heard.length = 0;
  }

  close(): void {
    clearInterval(this.timer);
    this.socket.close();
  }

  /** Timers of a busy machine come late: send what is due by now, so that the rate stays 50 packets a second. */
  private catchUp(): void {
    const due = Math.floor((performance.now() - this.startedAt) / 20);
    for (; this.ticks < due; this.ticks++) this.sendFrame();
  }

  private sendFrame(): void {
    if (!this.target) return;
    const tone = this.tones.shift();
    const first = tone !== undefined && tone.readUInt16BE(2) === frameSamples;
    if (tone && first) this.timestamp += frameSamples;
    const payload = tone ?? this.nextAudio();
    const packet = Buffer.alloc(12 + payload.length);
    packet[0] = 0x80;
    packet[1] = (tone ? telephoneEvent : alaw) | (first ? 0x80 : 0);
    packet.writeUInt16BE(this.sequence++ & 0xffff, 2);
    packet.writeUInt32BE(this.timestamp >>> 0, 4);
    packet.writeUInt32BE(this.port, 8);
    payload.copy(packet, 12);
    this.packetsOut++;
    if (!this.isLost()) this.socket.send(packet, this.target.port, this.target.address);
  }

  private isLost(): boolean {
    this.lossDue += this.lossShare;
    if (this.lossDue < 1) return false;
    this.lossDue -= 1;
    return true;
  }

  private nextAudio(): Buffer {
    this.timestamp += frameSamples;
    return this.source(this.sent++);
  }

  private take(packet: Buffer): void {
    if (packet.length < 13) return;
    this.packetsIn++;
    const type = (packet[1] ?? 0) & 0x7f;
    const payload = packet.subarray(12);
    if (type === telephoneEvent) {
      this.takeDigit(packet.readUInt32BE(4), payload);
      return;
    }
    if (type !== alaw) return;
    this.heard.push({ at: performance.now(), payload });
    if (this.heard.length > 3000) this.heard.shift();
  }

  private takeDigit(stamp: number, payload: Buffer): void {
    if (stamp === this.lastDigitStamp) return;
    this.lastDigitStamp = stamp;
    this.digits.push(keypad[payload[0] ?? 0] ?? '?');
  }
}
