import type { SimulatedExchange } from './simulated-exchange.js';
import type { SimulatedLeg } from './simulated-leg.js';

const soundMs = 1_000;

/** True for what was brought; what does not come from people is taken to be there. */
export function hasSound(exchange: SimulatedExchange, sound: string): boolean {
  return exchange.sounds.has(sound) || !sound.startsWith('uploaded/');
}

/** Plays a prompt: one second a sound that is there. */
export function playPrompt(
  exchange: SimulatedExchange,
  leg: SimulatedLeg,
  promptId: string,
  sounds: readonly string[],
): void {
  const { clock } = exchange;
  const end = () => finishPrompt(exchange, leg, promptId);
  const there = sounds.filter((sound) => hasSound(exchange, sound));
  leg.prompts.set(promptId, clock.at(clock.now() + there.length * soundMs, end));
  exchange.noteAudio();
  // Nothing of it is there: not even a moment of silence.
  if (there.length === 0) end();
}

/** The prompt is over, by itself or stopped; nothing when the leg does not hear it. */
export function finishPrompt(exchange: SimulatedExchange, leg: SimulatedLeg, promptId: string): void {
  const cancel = leg.prompts.get(promptId);
  if (!cancel) return;
  cancel();
  leg.prompts.delete(promptId);
  exchange.noteAudio();
  exchange.tell({ kind: 'prompt.finished', at: exchange.clock.now(), legId: leg.legId, promptId });
}
