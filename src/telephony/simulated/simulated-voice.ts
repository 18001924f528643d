import type { Clock } from '../../kernel/clock.js';
import type { EngineEvent } from '../port/engine-event.js';
import type { SimulatedLeg } from './simulated-leg.js';

const silenceMs = 300;

interface Exchange {
  readonly clock: Clock;
  tell(event: EngineEvent): void;
}

/** Tells when a party begins or ceases to speak; called when what it says changes, and when it is answered. */
export function followVoice(exchange: Exchange, leg: SimulatedLeg): void {
  const { legId, speaking, says } = leg;
  if (leg.state !== 'up') return;
  const at = exchange.clock.now();
  if (says > 0) {
    speaking?.untilSure?.();
    if (speaking) delete speaking.untilSure;
    else {
      leg.speaking = { since: at };
      exchange.tell({ kind: 'leg.speaking', at, legId });
    }
  } else if (speaking && !speaking.untilSure) {
    speaking.untilSure = exchange.clock.at(at + silenceMs, () => {
      leg.speaking = undefined;
      exchange.tell({ kind: 'leg.silent', at, legId, spokeMs: at - speaking.since });
    });
  }
}
