import type { SimulatedExchange } from './simulated-exchange.js';
import type { SimulatedLeg } from './simulated-leg.js';

const promptMs = 1_000;

/** Plays a prompt of one second. */
export function playPrompt(exchange: SimulatedExchange, leg: SimulatedLeg, promptId: string): void {
  const { clock } = exchange;
  const end = () => finishPrompt(exchange, leg, promptId);
  leg.prompts.set(promptId, clock.at(clock.now() + promptMs, end));
  exchange.noteAudio();
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
