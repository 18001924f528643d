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
  /** The party speaks since then, which is told once the leg counts as answered: nobody is heard before. */
  readonly speakingSince?: number;
  /** We asked for its end. */
  readonly endAsked?: boolean;
  /** Set by the first request to hang up, which tells who did it. */
  readonly ending?: { by: LegEnder; cause: string };
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

/** True for a party that arrived by itself: Asterisk named its channel; those that we ring have ids that we chose. */
export function isArrival({ id }: AriChannel): boolean {
  return /^(?:[a-z]+-)?\d+\.\d+$/.test(id);
}

/** True for a caller whom the dialplan lets wait with music, since no application was connected. */
export function waitsOutside(channel: AriChannel): boolean {
  return (
    channel.name.startsWith('PJSIP/') && isArrival(channel) && channel.dialplan.app_name === 'MusicOnHold'
  );
}

/** True for a channel that is in our application, or that we are ringing for it. */
export function isOurs(channel: AriChannel, app: string): boolean {
  if (!channel.name.startsWith('PJSIP/')) return false;
  const { app_name, app_data } = channel.dialplan;
  return app_name === 'AppDial2' || (app_name === 'Stasis' && app_data.split(',')[0] === app);
}

/** What makes Asterisk itself hang up: its soft hang-up flags, which such a request carries instead of a cause. */
const softReasons: Readonly<Record<number, string>> = {
  1: 'no-media',
  4: 'engine-shutdown',
  8: 'time-limit',
  16: 'engine-shutdown',
  32: 'normal-clearing',
};
const noMediaFlag = 1;
/** Q.850 "destination out of order": the reason that a softphone gives whose page is being left. */
const goesUnwillingly = 27;

/** Who ends a leg and why, from the first request to hang up. Our own requests, and Asterisk's, are `soft`. */
export function endingOf(
  request: { soft: boolean; cause?: number | undefined },
  endAsked: boolean,
): { by: LegEnder; cause: string } {
  const { soft, cause = 0 } = request;
  if (!soft) return { by: cause === goesUnwillingly ? 'vanished' : 'remote', cause: causeName(cause) };
  const reason = softReasons[cause] ?? `soft-hangup-${cause}`;
  if (endAsked) return { by: 'local', cause: reason };
  // A party from whom no audio comes any more: its network has gone.
  return { by: cause === noMediaFlag ? 'vanished' : 'engine', cause: reason };
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

/** What the called party's network means by its SIP status. The rest is told by the Q.850 cause. */
const refusalByStatus: Readonly<Record<number, LegRefusal>> = {
  403: 'rejected',
  404: 'unknown-number',
  410: 'unknown-number',
  480: 'no-answer',
  484: 'unknown-number',
  486: 'busy',
  500: 'unreachable',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
  600: 'busy',
  603: 'rejected',
  604: 'unknown-number',
};
/**
 * Why a number that we rang did not answer. Only a hang-up that came from the network says something: when we gave up,
 * Asterisk makes up a status of its own. A number that never rang until somebody gave up was not reached.
 */
export function refusalOfNumber(
  leg: LegRecord,
  cause: number,
  sipStatus: number | undefined,
): { why: LegRefusal; sipStatus?: number } {
  const nobody = leg.phase === 'ringing' ? 'no-answer' : 'unreachable';
  if (leg.ending?.by !== 'remote' && leg.ending?.by !== 'vanished') return { why: nobody };
  if (!sipStatus) return { why: refusalOf(cause) };
  return { why: sipStatus === 408 ? nobody : (refusalByStatus[sipStatus] ?? refusalOf(cause)), sipStatus };
}

const causeNames: Readonly<Record<number, string>> = {
  1: 'unallocated-number',
  16: 'normal-clearing',
  17: 'user-busy',
  18: 'no-response',
  19: 'no-answer',
  21: 'rejected',
  27: 'out-of-order',
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
