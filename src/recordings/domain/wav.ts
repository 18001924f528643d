/** 16-bit mono PCM as it is read; `samples` can be iterated once. */
export interface WavAudio {
  sampleRate: number;
  samples: AsyncIterable<Int16Array>;
}

/** The stream is not a WAV file that can be read. */
export class NotWav extends Error {
  constructor(why: string) {
    super(`not a readable WAV: ${why}`);
    this.name = 'NotWav';
  }
}

const chunkHeaderBytes = 8;
const riffHeaderBytes = 12;
const longestSkippedChunk = 1 << 20;

/**
 * Reads a WAV's header and hands on its samples as they come. An engine that was killed leaves a header whose sizes are
 * zero or stale, and the audio is all there: so sizes below what follows are not believed, everything after the data
 * chunk's header counts as audio. (The demuxers on offer stop at the stated size, which is why this one is our own.)
 */
export async function openWav(source: AsyncIterable<Uint8Array>): Promise<WavAudio> {
  const bytes = new ByteReader(source[Symbol.asyncIterator]());
  const riff = await bytes.take(riffHeaderBytes);
  if (tag(riff, 0) !== 'RIFF' || tag(riff, 8) !== 'WAVE') throw new NotWav('no RIFF/WAVE header');
  let sampleRate: number | undefined;
  for (;;) {
    const header = await bytes.take(chunkHeaderBytes);
    const size = header.readUInt32LE(4);
    const kind = tag(header, 0);
    if (kind === 'data') {
      if (sampleRate === undefined) throw new NotWav('data before format');
      return { sampleRate, samples: samplesOf(bytes) };
    }
    if (size > longestSkippedChunk) throw new NotWav(`chunk ${kind} of ${size} bytes`);
    const body = await bytes.take(size + (size & 1));
    if (kind === 'fmt ') sampleRate = parseFormat(body);
  }
}

function parseFormat(body: Buffer): number {
  if (body.length < 16) throw new NotWav('short format chunk');
  const [format, channels, bits] = [body.readUInt16LE(0), body.readUInt16LE(2), body.readUInt16LE(14)];
  if (format !== 1 || channels !== 1 || bits !== 16) {
    throw new NotWav(`expected 16-bit mono PCM, found format ${format}, ${channels} channels, ${bits} bits`);
  }
  return body.readUInt32LE(4);
}

async function* samplesOf(bytes: ByteReader): AsyncGenerator<Int16Array> {
  for (let chunk = await bytes.next(); chunk; chunk = await bytes.next()) {
    const whole = chunk.length & ~1;
    // A chunk may end in the middle of a sample.
    if (whole < chunk.length) bytes.putBack(chunk.subarray(whole));
    if (whole === 0) {
      if (!(await bytes.more())) return;
      continue;
    }
    const samples = new Int16Array(whole / 2);
    for (let i = 0; i < samples.length; i++) samples[i] = chunk.readInt16LE(i * 2);
    yield samples;
  }
}

const tag = (buffer: Buffer, at: number) => buffer.toString('latin1', at, at + 4);

/** Takes exact amounts from a stream of chunks of any size. */
class ByteReader {
  private held: Buffer = Buffer.alloc(0);

  constructor(private readonly source: AsyncIterator<Uint8Array>) {}

  async take(count: number): Promise<Buffer> {
    while (this.held.length < count) {
      if (!(await this.more())) throw new NotWav('ended inside its header');
    }
    const taken = this.held.subarray(0, count);
    this.held = this.held.subarray(count);
    return taken;
  }

  /** What is held, or the next chunk; undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    if (this.held.length === 0 && !(await this.more())) return undefined;
    const chunk = this.held;
    this.held = Buffer.alloc(0);
    return chunk;
  }

  putBack(rest: Buffer): void {
    this.held = rest;
  }

  /** Adds the next chunk to what is held; false at the end. */
  async more(): Promise<boolean> {
    const { done, value } = await this.source.next();
    if (done) return false;
    this.held = Buffer.concat([this.held, value]);
    return true;
  }
}
