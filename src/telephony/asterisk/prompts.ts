import type { AriClient } from './ari-client.js';
import { ariPath } from './ari-request.js';
import { legGone } from './gone.js';
import { checkSound } from './sound-library.js';

/** Plays sounds to the leg, one after the other; nothing when the leg has gone. */
export async function playPrompt(
  ari: AriClient,
  legId: string,
  promptId: string,
  sounds: readonly string[],
): Promise<void> {
  const media = sounds.map((sound) => `sound:${checkSound(sound)}`).join();
  const path = ariPath('channels', legId, 'play', promptId);
  await ari.command({ method: 'POST', path, query: { media } }, legGone);
}

/** Stops a prompt before its end; nothing when it is over. */
export async function stopPrompt(ari: AriClient, promptId: string): Promise<void> {
  await ari.command({ method: 'DELETE', path: ariPath('playbacks', promptId) }, [404]);
}

/** Presses keys towards the leg's party; nothing when the leg has gone. */
export async function sendDigits(ari: AriClient, legId: string, digits: string): Promise<void> {
  if (!/^[0-9A-D*#]+$/.test(digits)) throw new Error(`not keypad digits: ${digits}`);
  const path = ariPath('channels', legId, 'dtmf');
  await ari.command({ method: 'POST', path, query: { dtmf: digits } }, legGone);
}
