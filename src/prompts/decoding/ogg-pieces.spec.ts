import { expect, it } from '@jest/globals';
import { oggPieces } from './ogg-pieces.js';

/** A page with packets of these lengths. */
function page(...packets: number[]): Buffer {
  const lacing = packets.flatMap((bytes) => [...Array(Math.floor(bytes / 255)).fill(255), bytes % 255]);
  const head = Buffer.alloc(27);
  head.write('OggS');
  head[26] = lacing.length;
  return Buffer.concat([head, Buffer.from(lacing), Buffer.alloc(packets.reduce((sum, one) => sum + one, 0))]);
}

it('an Ogg file comes page by page, its headers with the first audio', () => {
  const pages = [page(30), page(50, 4_000), page(1, 1, 1), page(...Array(255).fill(1)), page(300)];
  const [id = 0, setUp = 0, ...audio] = pages.map(({ length }) => length);
  const pieces = [...oggPieces(Buffer.concat(pages))];
  expect(pieces.map(({ length }) => length)).toEqual([id + setUp + (audio[0] ?? 0), ...audio.slice(1)]);
  expect([...oggPieces(Buffer.concat([...pages, Buffer.from('what follows is no page')]))]).toHaveLength(3);
});
