import type { Directive } from '../../src/calls/domain/directive.js';
import type { Place } from '../../src/calls/domain/wanted.js';

/** Where each leg is once the engine has done what it was asked for: it moves nobody by itself. */
export class AskedPlaces {
  private readonly places = new Map<string, Place>();

  of(legId: string): Place | undefined {
    return this.places.get(legId);
  }

  private put(place: Place, ...legIds: string[]): void {
    // A leg that is being ended goes nowhere else.
    for (const legId of legIds) if (this.places.get(legId) !== 'gone') this.places.set(legId, place);
  }

  ask(directive: Directive): void {
    switch (directive.do) {
      case 'end-leg':
      case 'turn-away':
        this.put('gone', directive.legId);
        break;
      case 'connect':
        this.put('room', ...directive.legIds);
        break;
      case 'wait':
        this.put('waiting', directive.legId);
        break;
      case 'listen':
      case 'whisper':
        this.put(directive.do, directive.legId);
        break;
      default:
    }
  }
}
