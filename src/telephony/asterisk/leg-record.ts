import type { LegEnder, LegRefusal } from '../port/engine-event.js';
import type { AriChannel } from './ari-schema.js';

/** What the adapter has to remember of a leg to tell its story right. */
export interface LegRecord {
  readonly legId: string;
  readonly origin: 'arrived' | 'rung';
  /** new: nothing told yet; gone legs have no record. */
  readonly phase: 'new' | 'ringing' | 'up';
  /** When the channel was answered; the leg counts as answered only once we may command it. */
  readonly answeredAt?: number;
  /** We asked for its end. */
  readonly endAsked?: boolean;
  /** Set by the first request to hang up, which tells who did it. */
  readonly ending?: { by: LegEnder; cause: number };
}

/** Variables that travel with a channel, so that they survive our own restart. `ari.conf` lists them in `channelvars`. */
export const channelVariables = {
  /** The recording that runs on the channel. */
  recording: 'SANLING_RECORDING',
  mixMonitor: 'SANLING_MIXMONITOR',
} as const;

const deviceMark = 'sanling-device:';

/**
 * A device's rights, as its endpoint's account code: every channel of it carries that, so the rights hold through our
 * own restart. (An endpoint's own variables would do too, but Asterisk cannot change an endpoint that has some.)
 */
export function accountCodeOf(mayDial: readonly string[]): string {
  return deviceMark + mayDial.join(',');
}

/** What the device behind a channel may dial; undefined when the channel is no device of ours. */
export function mayDialOf(accountCode: string): readonly string[] | undefined {
  return accountCode.startsWith(deviceMark) ? accountCode.slice(deviceMark.length).split(',') : undefined;
}

/** `PJSIP/guest-17-0000002a` belongs to the endpoint `guest-17`. */
export function endpointOf(channelName: string): string {
  return channelName.replace(/^PJSIP\//, '').replace(/-[0-9a-f]{8,}$/, '');
}

/** True for a channel that is in our application, or that we are ringing for it. */
export function isOurs(channel: AriChannel, app: string): boolean {
  if (!channel.name.startsWith('PJSIP/')) return false;
  const { app_name, app_data } = channel.dialplan;
  return app_name === 'AppDial2' || (app_name === 'Stasis' && app_data.split(',')[0] === app);
}

const noMedia = 44;

/** Who ends a leg, from the first request to hang up. Our own (and Asterisk's) requests are `soft`. */
export function enderOf(soft: boolean, cause: number, endAsked: boolean): LegEnder {
  if (!soft) return 'remote';
  if (endAsked) return 'local';
  // Asterisk gives up on a party from whom no audio comes any more: its network has gone.
  return cause === noMedia ? 'remote' : 'engine';
}

/** Why a leg that we rang did not answer, from the Q.850 cause. */
export function refusalOf(cause: number): LegRefusal {
  switch (cause) {
    case 17:
      return 'busy';
    case 21:
      return 'rejected';
    case 19:
      return 'no-answer';
    case 1:
    case 2:
    case 3:
    case 18:
    case 20:
    case 27:
      return 'unreachable';
    default:
      return 'failed';
  }
}

const causeNames: Readonly<Record<number, string>> = {
  1: 'unallocated-number',
  16: 'normal-clearing',
  17: 'user-busy',
  18: 'no-response',
  19: 'no-answer',
  21: 'rejected',
  32: 'normal-clearing',
  34: 'no-circuit',
  38: 'network-out-of-order',
  44: 'no-media',
  58: 'no-common-codec',
  127: 'interworking',
};

/** A name for people; numbers nobody has named stay numbers. */
export function causeName(cause: number): string {
  return cause === 0 ? 'normal-clearing' : (causeNames[cause] ?? `q850-${cause}`);
}
