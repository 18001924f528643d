import { EngineUnavailable } from '../port/engine.js';
import { ariPath } from './ari-request.js';
import { ariStoredRecordingsSchema } from './ari-schema.js';
import type { AsteriskOptions } from './asterisk-options.js';

const answerWithinMs = 10_000;

/**
 * Stored recordings over HTTP: files are too big for the event socket, and the worker, which stores them, is not
 * connected to it (two sockets of one application would take each other's events).
 */
export class RecordingStore {
  constructor(private readonly options: AsteriskOptions) {}

  /** The names of all files. */
  async names(): Promise<string[]> {
    const response = await this.request('GET', 'recordings/stored');
    return ariStoredRecordingsSchema.parse(await response?.json()).map(({ name }) => name);
  }

  /** Removes a file; harmless when it has gone. */
  async remove(name: string): Promise<void> {
    const response = await this.request('DELETE', ariPath('recordings', 'stored', name));
    await response?.body?.cancel();
  }

  /** The file as a stream; undefined when it does not exist. */
  async open(name: string): Promise<ReadableStream<Uint8Array> | undefined> {
    const response = await this.get(name);
    return response?.body ?? undefined;
  }

  /** The first bytes and the length of the whole, without the rest (Asterisk does not serve ranges). */
  async head(name: string, bytes: number): Promise<{ bytes: Buffer; totalBytes: number } | undefined> {
    const response = await this.get(name);
    const reader = response?.body?.getReader();
    if (!response || !reader) return undefined;
    const chunks: Uint8Array[] = [];
    for (let got = 0; got < bytes; ) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      got += value.length;
    }
    await reader.cancel();
    const head = Buffer.concat(chunks).subarray(0, bytes);
    return { bytes: head, totalBytes: Number(response.headers.get('content-length') ?? 0) };
  }

  private get(name: string): Promise<Response | undefined> {
    return this.request('GET', `${ariPath('recordings', 'stored', name)}/file`);
  }

  /** Undefined for 404. */
  private async request(method: string, path: string): Promise<Response | undefined> {
    const { httpUrl, ari } = this.options;
    const url = new URL(`/ari/${path}`, httpUrl);
    const basic = Buffer.from(`${ari.user}:${ari.password}`).toString('base64');
    const answer = new AbortController();
    const timer = setTimeout(() => answer.abort(), answerWithinMs);
    const headers = { authorization: `Basic ${basic}` };
    const response = await fetch(url, { method, headers, signal: answer.signal })
      .catch((error: unknown) => {
        throw new EngineUnavailable(`${method} ${path}: ${String(error)}`);
      })
      .finally(() => clearTimeout(timer));
    if (response.ok) return response;
    await response.body?.cancel();
    if (response.status === 404) return undefined;
    throw new Error(`${method} ${path}: HTTP ${response.status}`);
  }
}
