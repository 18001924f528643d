import { Injectable } from '@nestjs/common';
import { Turnstile, Turnstiles } from '../kernel/turnstile.js';
import { Config } from '../platform/config/config.js';
import type { Place } from './domain/guessing.js';

/** Of one address one at a time, so that who floods from it waits for themselves first. */
const waitingOfAddress = 20;
const waitingAtKnown = 200;

/**
 * A password check costs 19 MiB and some tens of milliseconds of a thread, on purpose; a flood of them must not cost the
 * process. Known devices have a lane of their own, which no stranger stands in.
 */
@Injectable()
export class PasswordChecks {
  private readonly atKnown = new Turnstile(1, waitingAtKnown);
  private readonly byAddress = new Turnstiles(1, waitingOfAddress);
  /** All that come from unknown places, and those of them that are looked at. */
  private readonly pending: Turnstile;
  private readonly checked: Turnstile;

  constructor({ passwordChecks }: Config) {
    const most = passwordChecks.atOnce + passwordChecks.waiting;
    this.pending = new Turnstile(most, 0);
    this.checked = new Turnstile(passwordChecks.atOnce, most);
  }

  /** The check's own end; undefined, and nothing was looked at, when too many wait already: the database is not asked either. */
  async pass<T>(place: Place, check: () => Promise<T>): Promise<T | undefined> {
    if (place.known) return this.atKnown.pass(check);
    return this.pending.pass(() => this.byAddress.pass(place.address, () => this.checked.pass(check)));
  }
}
