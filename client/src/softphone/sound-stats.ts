import type { SoundSample } from '@contracts/sound-quality';

/** What a connection had counted at a moment (WebRTC getStats), as far as sound needs it. */
export interface SoundReading {
  at: number;
  received: number;
  /** Never came, or came too late to be played. */
  lost: number;
  jitterMs: number;
  /** The far end's report of what it got from here; null before its first one. */
  far: { at: number; lossShare: number; roundTripMs: number | null } | null;
  codec: string;
}

/** One entry of a stats report; browsers differ in what they fill in. */
type Entry = Readonly<Record<string, unknown>> & { type?: unknown };

/** Takes a stats report apart; null while no audio comes in. */
export function readStats(entries: Iterable<Entry>): SoundReading | null {
  const all = [...entries];
  const audio = (type: string) => all.find((entry) => entry.type === type && isAudio(entry));
  const inbound = audio('inbound-rtp');
  if (!inbound) return null;
  const late = number(inbound.packetsDiscarded) ?? 0;
  const codec = all.find((entry) => entry.type === 'codec' && entry.id === inbound.codecId);
  return {
    at: number(inbound.timestamp) ?? 0,
    received: (number(inbound.packetsReceived) ?? 0) - late,
    lost: (number(inbound.packetsLost) ?? 0) + late,

    jitterMs: (number(inbound.jitter) ?? 0) * 1_000,
    far: farEnd(audio('remote-inbound-rtp')),
    codec: String(codec?.mimeType ?? '')
      .replace(/^audio\//i, '')
      .slice(0, 32),
  };
}

const longestMs = 60_000;

/** How the sound was between two readings; null when nothing came meanwhile: a held line is not a bad one. */
export function sampleBetween(before: SoundReading, now: SoundReading): SoundSample | null {
  const overMs = Math.round(now.at - before.at);
  const received = now.received - before.received;
  if (overMs <= 0 || received <= 0) return null;
  // A packet that came late was counted as lost before: the difference can be below nothing.
  const lost = Math.max(0, now.lost - before.lost);
  return {
    lossShare: lost / (received + lost),
    jitterMs: Math.min(longestMs, now.jitterMs),
    roundTripMs: now.far?.roundTripMs ?? null,
    // The same report again says nothing about the time since.
    lossShareOut: now.far && now.far.at !== before.far?.at ? now.far.lossShare : null,
    codec: now.codec,
    overMs: Math.min(longestMs, overMs),
  };
}

function farEnd(entry: Entry | undefined): SoundReading['far'] {
  if (!entry) return null;
  const seconds = number(entry.roundTripTime);
  return {
    at: number(entry.timestamp) ?? 0,
    lossShare: Math.min(1, Math.max(0, number(entry.fractionLost) ?? 0)),
    roundTripMs: seconds === null ? null : Math.min(longestMs, seconds * 1_000),
  };
}

const isAudio = ({ kind, mediaType }: Entry) => (kind ?? mediaType) === 'audio';

const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
