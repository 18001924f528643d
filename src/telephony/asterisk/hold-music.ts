import type { AriClient } from './ari-client.js';
import { ariPath } from './ari-request.js';
import { legGone } from './gone.js';

/**
 * Music for whoever is alone in a room with a phone that was put on hold by itself: a room that mixes leaves them in silence.
 * It ends when the phone resumes, and as soon as anybody enters the room or the listener is put elsewhere.
 */
export class HoldMusic {
  private readonly listeners = new Set<string>();

  /** @param companions the other legs of the room that a leg is in */
  constructor(
    private readonly ari: AriClient,
    private readonly companions: (legId: string) => string[],
  ) {}

  async deviceHeld(legId: string): Promise<void> {
    const [other, ...more] = this.companions(legId);
    if (other === undefined || more.length > 0) return;
    this.listeners.add(other);
    await this.ari.command({ method: 'POST', path: musicOf(other) }, legGone);
  }

  async deviceResumed(legId: string): Promise<void> {
    // Whoever took over from a process that started the music does not know of it.
    for (const other of this.companions(legId)) await this.stop(other);
  }

  /** The leg is in another place now. */
  async moved(legId: string): Promise<void> {
    for (const one of [legId, ...this.companions(legId)]) if (this.listeners.has(one)) await this.stop(one);
  }

  ended(legId: string): void {
    this.listeners.delete(legId);
  }

  private async stop(legId: string): Promise<void> {
    this.listeners.delete(legId);
    await this.ari.command({ method: 'DELETE', path: musicOf(legId) }, legGone);
  }
}

const musicOf = (legId: string): string => ariPath('channels', legId, 'moh');
