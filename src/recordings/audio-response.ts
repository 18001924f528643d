import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { RefusalError, refuse } from '../kernel/refusal.js';
import type { RecordingAudio } from './recordings.service.js';
import type { ByteRange } from './storage/recording-store.js';

/**
 * Answers with the audio, or the part of it that was asked for (RFC 9110, section 14): players seek by ranges. Several
 * ranges at once are answered with the whole, as the standard allows.
 */
export async function sendAudio(request: Request, response: Response, audio: RecordingAudio): Promise<void> {
  const etag = `"${audio.sha256}"`;
  const range = wantedRange(request, etag, audio.bytes);
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${audio.bytes}`);
    throw new RefusalError(refuse('recording.range', { bytes: audio.bytes }));
  }
  // Opened before anything is promised: what fails here is still answered as a fault.
  const content = request.method === 'HEAD' ? undefined : await audio.listen(range);
  response.setHeader('ETag', etag);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Content-Type', 'audio/ogg');
  response.setHeader('Content-Length', range ? range.to - range.from + 1 : audio.bytes);
  if (range) {
    response.status(206).setHeader('Content-Range', `bytes ${range.from}-${range.to}/${audio.bytes}`);
  }
  if (content) await send(content, response);
  else response.end();
}

/** The one range that is wanted, nothing for the whole. A range of a version we do not have (`If-Range`) is not honoured. */
function wantedRange(request: Request, etag: string, bytes: number): ByteRange | undefined | 'unsatisfiable' {
  const version = request.headers['if-range'];
  if (version !== undefined && version !== etag) return undefined;
  const ranges = request.range(bytes, { combine: true });
  if (ranges === -1) return 'unsatisfiable';
  // -2: cannot be read, which the standard says to ignore.
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes') return undefined;
  const [only, ...more] = ranges;
  return only && more.length === 0 ? { from: only.start, to: only.end } : undefined;
}

async function send(content: Readable, response: Response): Promise<void> {
  try {
    await pipeline(content, response);
  } catch (error) {
    // A player that has enough, or seeks elsewhere, closes the connection.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
