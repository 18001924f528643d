import { Logger } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { inTurns } from '../../kernel/in-turns.js';
import type { EngineEvent } from '../port/engine-event.js';
import type { AriClient } from './ari-client.js';
import type { AriEvent } from './ari-schema.js';
import type { HoldMusic } from './hold-music.js';
import { channelVariables } from './leg-record.js';
import type { Legs } from './legs.js';
import type { Places } from './places.js';
import type { Recordings } from './recordings.js';
import { isSnoop, type Snoops } from './snoops.js';
import { existingLegs, recordOf, takeStock } from './stock-taking.js';
import { translate } from './translation.js';

/** So many of the recordings that ended unwatched are looked at together. */
const recordingsAtOnce = 4;

interface Parts {
  readonly ari: AriClient;
  readonly legs: Legs;
  readonly snoops: Snoops;
  readonly places: Places;
  readonly holdMusic: HoldMusic;
  readonly recordings: Recordings;
  readonly clock: Clock;
  /** The name under which Asterisk hands us calls. */
  readonly app: string;
  readonly trunks: readonly string[];
}

/** What Asterisk tells, and what exists when the link opens, in the words of the port. */
export class AsteriskNews {
  private readonly log = new Logger(AsteriskNews.name);
  private wasConnected = false;

  constructor(
    private readonly parts: Parts,
    private readonly tell: (event: EngineEvent) => void,
  ) {}

  /** Takes what Asterisk tells: keeps our picture up to date, tells it in the port's words, and does what must follow. */
  take(event: AriEvent): void {
    if ('channel' in event && isSnoop(event.channel)) {
      this.followSnoop(event, event.channel.id);
      return;
    }
    const legId = legIdOf(event);
    // Repeated or late: a leg that ended does not come back.
    if (legId !== undefined && this.parts.legs.hasEnded(legId)) return;
    this.follow(event);
    const record = legId === undefined ? undefined : this.parts.legs.get(legId);
    const translation = translate(event, record, this.parts.trunks);
    if (translation.leg) this.parts.legs.put(translation.leg);
    if (translation.gone && legId !== undefined) {
      this.parts.legs.remove(legId);
      this.parts.holdMusic.ended(legId);
      this.later(this.parts.places.ended(legId), 'removing an empty bridge');
    }
    for (const one of translation.told) this.tell(one);
    if (legId === undefined) return;
    const { turnAway, recordingId } = translation;
    if (turnAway) this.later(this.parts.legs.turnAway(legId, turnAway), 'turning a leg away');
    if (recordingId) void this.finishRecording(recordingId, legId, event.timestamp);
  }

  /** Keeps track of who is in which bridge, and of phones that hold by themselves. */
  private follow(event: AriEvent): void {
    const { places, holdMusic } = this.parts;
    switch (event.type) {
      case 'ChannelEnteredBridge':
        this.later(places.entered(event.bridge, event.channel.id), 'removing an empty bridge');
        this.later(holdMusic.moved(event.channel.id), 'ending music');
        break;
      case 'ChannelLeftBridge':
        this.later(places.left(event.bridge, event.channel.id), 'removing an empty bridge');
        break;
      case 'ChannelHold':
        this.later(holdMusic.deviceHeld(event.channel.id), 'starting music');
        break;
      case 'ChannelUnhold':
        this.later(holdMusic.deviceResumed(event.channel.id), 'ending music');
        break;
    }
  }

  private followSnoop(event: AriEvent, snoopId: string): void {
    if (event.type === 'StasisStart') this.parts.snoops.started(snoopId);
    const ended =
      event.type === 'StasisEnd' || event.type === 'ChannelDestroyed'
        ? this.parts.snoops.ended(snoopId)
        : undefined;
    if (!ended) return;
    const { bridgeId, place } = ended;
    const { legId, targetLegId } = place;
    const work = this.parts.places.earEnded(bridgeId, place).then((stopped) => {
      if (stopped) this.tell({ kind: 'leg.stopped-listening', at: event.timestamp, legId, targetLegId });
    });
    this.later(work, 'removing a listener');
  }

  /** The link is open: what exists now is the truth, whatever we believed before. */
  async takeOver(): Promise<void> {
    const stock = await takeStock(this.parts.ari, this.parts.app);
    // A leg that arrives while we look is told as an arrival, so it is not told as existing too.
    const arriving = new Set(
      this.parts.ari.heldBack.flatMap((event) =>
        event.type === 'StasisStart' && !this.parts.legs.get(event.channel.id) ? [event.channel.id] : [],
      ),
    );
    const channels = stock.channels.filter(({ id, state }) => !(arriving.has(id) && state === 'Ring'));
    this.parts.legs.replaceAll(channels.map((channel) => recordOf(channel, this.parts.legs.get(channel.id))));
    await this.parts.snoops.adopt(stock.bridges, stock.snoopIds);
    await this.parts.places.adopt(stock.bridges);
    this.wasConnected = true;
    const at = await this.parts.legs.now();
    const legs = existingLegs({ channels, bridges: stock.bridges }, this.parts.trunks);
    const { since, outside } = stock;
    this.tell({ kind: 'engine.connected', at, since, legs, outside });
    // Recordings that ended while nobody listened; after a long absence of the worker there may be thousands.
    const running = new Set(channels.map(({ channelvars }) => channelvars[channelVariables.recording]));
    const listed = await this.parts.recordings.list();
    const ended = listed.filter(({ recordingId }) => !running.has(recordingId));
    void inTurns(ended, recordingsAtOnce, ({ recordingId, legId }) =>
      this.finishRecording(recordingId, legId, at),
    );
  }

  /** The link broke; told once. */
  lost(): void {
    if (!this.wasConnected) return;
    this.wasConnected = false;
    this.tell({ kind: 'engine.lost', at: this.parts.clock.now() });
  }

  /** Tells that a recording is finished when its files are whole. Never rejects: a failure is logged. */
  async finishRecording(recordingId: string, legId: string, at: number): Promise<void> {
    try {
      if (await this.parts.recordings.complete(recordingId, legId))
        this.tell({ kind: 'recording.finished', at, legId, recordingId });
    } catch (error) {
      this.failed(`completing recording ${recordingId}`, error);
    }
  }

  /** Work that follows an event, with nobody to hand a failure to. When the link is lost, stock-taking mends it. */
  private later(work: Promise<void>, what: string): void {
    work.catch((error: unknown) => this.failed(what, error));
  }

  private failed(what: string, error: unknown): void {
    this.log.error(`${what}: ${String(error)}`);
  }
}

function legIdOf(event: AriEvent): string | undefined {
  if (event.type === 'Dial') return event.peer.id;
  return 'channel' in event ? event.channel.id : undefined;
}
