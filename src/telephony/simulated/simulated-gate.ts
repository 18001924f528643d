import { isIP } from 'node:net';
import type { Clock } from '../../kernel/clock.js';
import type { DeviceAccount } from '../port/engine.js';
import type { EngineEvent } from '../port/engine-event.js';

interface Exchange {
  readonly clock: Clock;
  readonly accounts: ReadonlyMap<string, DeviceAccount>;
  tell(event: EngineEvent): void;
}

const strangersPort = 5060;

/** The exchange's own door: whom it asks for a proof, and whom it turns away whatever they want. */
export class SimulatedGate {
  private readonly shutOut = new Set<string>();
  private attempts = 0;

  constructor(private readonly exchange: Exchange) {}

  shut(address: string): void {
    this.shutOut.add(checked(address));
  }

  open(address: string): void {
    this.shutOut.delete(checked(address));
  }

  /** The exchange starts anew: it remembers nobody. */
  forget(): void {
    this.shutOut.clear();
  }

  /** Somebody at this address wants something: `asked` who they are, or `refused` at once. */
  answers(address: string): 'asked' | 'refused' {
    return this.shutOut.has(address) ? 'refused' : 'asked';
  }

  /** Somebody at this address tries an account with a secret that is not its own. */
  isGuessedAt(address: string, account: string): void {
    if (this.shutOut.has(address)) return;
    this.exchange.tell({
      kind: 'stranger.refused',
      at: this.exchange.clock.now(),
      stranger: {
        attemptId: `attempt-${++this.attempts}`,
        over: 'trunk',
        address,
        port: strangersPort,
        account: this.exchange.accounts.has(account) ? account : '',
      },
    });
  }
}

/** Whoever hands in anything else has a bug. */
function checked(address: string): string {
  if (isIP(address) === 0) throw new Error(`not an address: ${JSON.stringify(address)}`);
  return address;
}
