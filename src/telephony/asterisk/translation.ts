import type { TurnAway } from '../port/engine.js';
import type { ArrivedLeg, EngineEvent } from '../port/engine-event.js';
import type { AriChannel, AriEvent } from './ari-schema.js';
import {
  causeName,
  channelVariables,
  endingOf,
  endpointOf,
  type LegRecord,
  mayDialOf,
  refusalOf,
  refusalOfNumber,
} from './leg-record.js';
import { placeOf } from './place-names.js';
import { isSnoop } from './snoops.js';
import { silenceMs } from './talk-detection.js';

/** What one ARI event comes to. `leg` replaces the record; `gone` removes it. */
export interface Translation {
  leg?: LegRecord;
  gone?: boolean;
  told: readonly EngineEvent[];
  /** A party that has no business here: it is turned away and never told. */
  turnAway?: TurnAway;
  /** A recording that ended with this leg. */
  recordingId?: string;
}

const nothing: Translation = { told: [] };

/**
 * ARI events in the words of the port. Pure: what it needs of the past is in the leg's record.
 *
 * Asterisk repeats itself (an answer shows as a state change, a dial event and a StasisStart) and leaves things out (an
 * arrived channel ends with StasisEnd alone); each port event comes from exactly one of them.
 */
export function translate(
  event: AriEvent,
  leg: LegRecord | undefined,
  trunks: readonly string[],
): Translation {
  if (event.type === 'PlaybackFinished') return translatePlayback(event);
  if (event.type === 'StasisStart' && isSnoop(event.channel)) return nothing;
  if (event.type === 'StasisStart')
    return leg ? enterStasis(event.timestamp, leg) : arrive(event.timestamp, event.channel, trunks);
  if (!leg) return nothing;
  const at = event.timestamp;
  const { legId } = leg;
  switch (event.type) {
    case 'ChannelStateChange':
      return changeState(at, event.channel.state, leg);
    case 'Dial':
      // 183: a number's network plays a ringing tone of its own instead of telling that the phone rings.
      return event.dialstatus === 'PROGRESS' ? changeState(at, 'Ringing', leg) : nothing;
    case 'ChannelEnteredBridge':
      return enterPlace(at, event.bridge.name, legId);
    case 'ChannelLeftBridge':
      return nothing;
    case 'ChannelHold':
      return { told: [{ kind: 'leg.held-by-device', at, legId }] };
    case 'ChannelUnhold':
      return { told: [{ kind: 'leg.resumed-by-device', at, legId }] };
    case 'ChannelDtmfReceived':
      return { told: [{ kind: 'leg.digit', at, legId, digit: event.digit, durationMs: event.duration_ms }] };
    case 'ChannelTalkingStarted':
      return isHeard(leg)
        ? { told: [{ kind: 'leg.speaking', at, legId }] }
        : { leg: { ...leg, speakingSince: at }, told: [] };
    case 'ChannelTalkingFinished':
      if (!isHeard(leg)) return { leg: withoutSpeech(leg), told: [] };
      // Silence is only sure after a while; the duration that Asterisk gives already leaves that while out.
      return { told: [{ kind: 'leg.silent', at: at - silenceMs, legId, spokeMs: event.duration }] };
    case 'ChannelHangupRequest': {
      if (leg.ending) return nothing;
      return { leg: { ...leg, ending: endingOf(event, leg.endAsked ?? false) }, told: [] };
    }
    case 'StasisEnd':
      return end(leg, { at, cause: 0, channel: event.channel }, trunks);
    case 'ChannelDestroyed':
      return end(
        leg,
        { at, cause: event.cause, sipStatus: event.tech_cause, channel: event.channel },
        trunks,
      );
  }
}

function translatePlayback(event: Extract<AriEvent, { type: 'PlaybackFinished' }>): Translation {
  const { id, target_uri } = event.playback;
  if (!target_uri.startsWith('channel:')) return nothing;
  const legId = target_uri.slice('channel:'.length);
  return { told: [{ kind: 'prompt.finished', at: event.timestamp, legId, promptId: id }] };
}

function arrive(at: number, channel: AriChannel, trunks: readonly string[]): Translation {
  const leg = arrivedLeg(channel, trunks);
  if (!leg) return { told: [], turnAway: 'forbidden' };
  const { legId } = leg;
  // Answered before anybody decided: the dialplan let the party wait with music while nobody was connected.
  if (channel.state === 'Up') {
    return {
      leg: { legId, origin: 'arrived', phase: 'up' },
      told: [
        { kind: 'leg.arrived', at, legId, leg: { ...leg, waitedSince: channel.creationtime } },
        { kind: 'leg.answered', at, legId },
      ],
    };
  }
  return { leg: { legId, origin: 'arrived', phase: 'new' }, told: [{ kind: 'leg.arrived', at, legId, leg }] };
}

/** Who arrived on a channel; undefined for a device that may not dial that number. */
export function arrivedLeg(channel: AriChannel, trunks: readonly string[]): ArrivedLeg | undefined {
  const endpoint = endpointOf(channel.name);
  const dialled = channel.dialplan.exten;
  const trunk = trunks.includes(endpoint);
  if (!trunk && !mayDialOf(channel.accountcode)?.includes(dialled)) return undefined;
  return {
    legId: channel.id,
    ...(trunk ? {} : { deviceId: endpoint }),
    fromNumber: channel.caller.number,
    fromName: channel.caller.name,
    dialled,
  };
}

/** A rung leg counts as answered only now: before it is in our application no command would reach it. */
function enterStasis(at: number, leg: LegRecord): Translation {
  if (leg.origin !== 'rung' || leg.phase === 'up') return nothing;
  const { legId, speakingSince } = leg;
  const answeredAt = leg.answeredAt ?? at;
  const answered: EngineEvent = { kind: 'leg.answered', at: answeredAt, legId };
  const up: LegRecord = { ...withoutSpeech(leg), phase: 'up' };
  if (speakingSince === undefined) return { leg: up, told: [answered] };
  const spoke = Math.max(speakingSince, answeredAt);
  return { leg: up, told: [answered, { kind: 'leg.speaking', at: spoke, legId }] };
}

/** What a rung party says before its leg counts as answered waits: whoever speaks with the answer is heard with it. */
const isHeard = ({ origin, phase }: LegRecord): boolean => origin === 'arrived' || phase === 'up';

function withoutSpeech({ speakingSince: _over, ...leg }: LegRecord): LegRecord {
  return leg;
}

function changeState(at: number, state: string, leg: LegRecord): Translation {
  const { legId } = leg;
  if (state === 'Ringing' && leg.phase === 'new')
    return { leg: { ...leg, phase: 'ringing' }, told: [{ kind: 'leg.ringing', at, legId }] };
  if (state !== 'Up' || leg.phase === 'up') return nothing;
  if (leg.origin === 'rung') return { leg: { ...leg, answeredAt: at }, told: [] };
  return { leg: { ...leg, phase: 'up' }, told: [{ kind: 'leg.answered', at, legId }] };
}

function enterPlace(at: number, bridgeName: string, legId: string): Translation {
  const place = placeOf(bridgeName);
  if (!place) return nothing;
  if (place.kind === 'listening') {
    const { targetLegId, mode } = place;
    return { told: [{ kind: 'leg.listening', at, legId, targetLegId, mode }] };
  }
  if (place.kind === 'waiting') return { told: [{ kind: 'leg.waiting', at, legId }] };
  return { told: [{ kind: 'leg.connected', at, legId, roomId: place.roomId }] };
}

interface Ended {
  at: number;
  cause: number;
  sipStatus?: number | undefined;
  channel: AriChannel;
}

function end(leg: LegRecord, ended: Ended, trunks: readonly string[]): Translation {
  const { at, cause, sipStatus, channel } = ended;
  const { legId, ending } = leg;
  const recordingId = channel.channelvars[channelVariables.recording];
  const more = { gone: true, ...(recordingId ? { recordingId } : {}) };
  const refused = leg.origin === 'rung' && leg.answeredAt === undefined && leg.phase !== 'up';
  const ours = ending ? ending.by === 'local' : leg.endAsked;
  if (refused && !ours) {
    const refusal = trunks.includes(endpointOf(channel.name))
      ? refusalOfNumber(leg, cause, sipStatus)
      : { why: refusalOf(cause), ...(sipStatus ? { sipStatus } : {}) };
    return { ...more, told: [{ kind: 'leg.refused', at, legId, ...refusal }] };
  }
  const by = ending?.by ?? (ours && refused ? 'local' : 'engine');
  return { ...more, told: [{ kind: 'leg.ended', at, legId, by, cause: ending?.cause ?? causeName(cause) }] };
}
