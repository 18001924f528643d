import { Logger } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import {
  type DeviceAccount,
  type EngineHealth,
  type LegStatistics,
  type RecordingFiles,
  type RingDevice,
  type RingNumber,
  TelephonyEngine,
  type TurnAway,
} from '../port/engine.js';
import type { EngineEvent, ListeningMode } from '../port/engine-event.js';
import { EventHub } from '../port/event-hub.js';
import { AmiClient } from './ami-client.js';
import { AriClient } from './ari-client.js';
import { ariPath } from './ari-request.js';
import { type AriEvent, ariInfoSchema } from './ari-schema.js';
import { type AsteriskOptions, defaultTrunks } from './asterisk-options.js';
import { Devices } from './devices.js';
import { legGone } from './gone.js';
import { checkId } from './ids.js';
import { channelVariables } from './leg-record.js';
import { Legs } from './legs.js';
import { Places } from './places.js';
import { RecordingStore } from './recording-store.js';
import { Recordings } from './recordings.js';
import { isSnoop, Snoops } from './snoops.js';
import { codecOf, statisticsOf } from './statistics.js';
import { existingLegs, recordOf, takeStock } from './stock-taking.js';
import { translate } from './translation.js';

/** Asterisk 22 behind the port: ARI for calls, MixMonitor over AMI for two-channel recording. */
export class AsteriskEngine extends TelephonyEngine {
  private readonly log = new Logger(AsteriskEngine.name);
  private readonly hub = new EventHub();
  private readonly ari: AriClient;
  private readonly ami: AmiClient;
  private readonly legs: Legs;
  private readonly snoops: Snoops;
  private readonly places: Places;
  private readonly devices: Devices;
  private readonly recordings: Recordings;
  private wasConnected = false;

  constructor(
    private readonly options: AsteriskOptions,
    private readonly clock: Clock,
  ) {
    super();
    this.ari = new AriClient(options, clock, {
      onOpen: () => this.takeOver(),
      onEvent: (event) => this.take(event),
      onLost: () => this.lost(),
    });
    this.ami = new AmiClient(options.ami, clock);
    this.legs = new Legs(this.ari, options.ari.app, (event) => this.hub.tell(event));
    this.snoops = new Snoops(this.ari, clock, options.ari.app);
    this.places = new Places(this.ari, clock, (legId) => this.legs.get(legId) !== undefined, this.snoops);
    this.devices = new Devices(this.ari, options.ari.app);
    this.recordings = new Recordings(this.ari, this.ami, new RecordingStore(options), clock);
  }

  async start(): Promise<void> {
    await Promise.all([this.ami.start(), this.ari.start()]);
  }

  async stop(): Promise<void> {
    this.ami.stop();
    this.ari.stop();
  }

  async health(): Promise<EngineHealth> {
    if (!this.ari.connected) return { up: false, detail: `Asterisk: ${this.ari.problem}` };
    if (!this.ami.connected) return { up: false, detail: `Asterisk, recording control: ${this.ami.problem}` };
    const info = await this.ari.get('asterisk/info', ariInfoSchema, { only: 'system' });
    return { up: true, detail: `Asterisk ${info?.system.version ?? 'of unknown version'}` };
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    return this.hub.add(listener);
  }

  provisionDevice(account: DeviceAccount): Promise<void> {
    return this.devices.provision(account);
  }

  revokeDevice(deviceId: string): Promise<void> {
    return this.devices.revoke(deviceId);
  }

  deviceReachable(deviceId: string): Promise<boolean> {
    return this.devices.reachable(deviceId);
  }

  progress(legId: string): Promise<void> {
    return this.legs.progress(checkId(legId));
  }

  openLine(legId: string): Promise<void> {
    return this.legs.openLine(checkId(legId));
  }

  turnAway(legId: string, why: TurnAway): Promise<void> {
    return this.legs.turnAway(checkId(legId), why);
  }

  ringDevice(ring: RingDevice): Promise<void> {
    return this.legs.ring(ring);
  }

  ringNumber(ring: RingNumber): Promise<void> {
    const { trunks = defaultTrunks, trunkPeer } = this.options;
    return this.legs.ringNumber(ring, trunks[0], trunkPeer);
  }

  endLeg(legId: string): Promise<void> {
    return this.legs.end(checkId(legId));
  }

  connect(roomId: string, legIds: readonly string[]): Promise<void> {
    return this.places.connect(checkId(roomId), legIds.map(checkId));
  }

  wait(legId: string): Promise<void> {
    return this.places.wait(checkId(legId));
  }

  closeRoom(roomId: string): Promise<void> {
    return this.places.close(checkId(roomId));
  }

  listen(listenerLegId: string, targetLegId: string): Promise<void> {
    return this.hear(listenerLegId, targetLegId, 'listen');
  }

  whisper(listenerLegId: string, targetLegId: string): Promise<void> {
    return this.hear(listenerLegId, targetLegId, 'whisper');
  }

  stopListening(listenerLegId: string): Promise<void> {
    return this.places.stopListening(checkId(listenerLegId));
  }

  legStatistics(legId: string): Promise<LegStatistics | undefined> {
    return statisticsOf(this.ari, checkId(legId));
  }

  legCodec(legId: string): Promise<string | undefined> {
    return codecOf(this.ari, checkId(legId));
  }

  async playPrompt(legId: string, promptId: string, sound: string): Promise<void> {
    if (!/^[A-Za-z0-9/_-]+$/.test(sound)) throw new Error(`not the name of a sound: ${sound}`);
    const path = ariPath('channels', checkId(legId), 'play', checkId(promptId));
    await this.ari.command({ method: 'POST', path, query: { media: `sound:${sound}` } }, legGone);
  }

  async stopPrompt(promptId: string): Promise<void> {
    await this.ari.command({ method: 'DELETE', path: ariPath('playbacks', checkId(promptId)) }, [404]);
  }

  async sendDigits(legId: string, digits: string): Promise<void> {
    if (!/^[0-9A-D*#]+$/.test(digits)) throw new Error(`not keypad digits: ${digits}`);
    const path = ariPath('channels', checkId(legId), 'dtmf');
    await this.ari.command({ method: 'POST', path, query: { dtmf: digits } }, legGone);
  }

  async startRecording(legId: string, recordingId: string): Promise<void> {
    if (!(await this.recordings.start(checkId(legId), recordingId))) return;
    this.hub.tell({ kind: 'recording.started', at: await this.legs.now(), legId, recordingId });
  }

  async stopRecording(legId: string, recordingId: string): Promise<void> {
    if (!(await this.recordings.stop(checkId(legId), recordingId))) return;
    this.finishRecording(recordingId, legId, await this.legs.now());
  }

  fetchRecording(recordingId: string): Promise<RecordingFiles> {
    return this.recordings.fetch(recordingId);
  }

  deleteRecording(recordingId: string): Promise<void> {
    return this.recordings.delete(recordingId);
  }

  private async hear(listenerLegId: string, targetLegId: string, mode: ListeningMode): Promise<void> {
    const [legId, target] = [checkId(listenerLegId), checkId(targetLegId)];
    if (legId === target) throw new Error(`${legId} would listen to itself`);
    await this.places.listen({ kind: 'listening', legId, targetLegId: target, mode });
  }

  private take(event: AriEvent): void {
    if ('channel' in event && isSnoop(event.channel)) {
      this.followSnoop(event, event.channel.id);
      return;
    }
    this.follow(event);
    const legId = legIdOf(event);
    const record = legId === undefined ? undefined : this.legs.get(legId);
    const translation = translate(event, record, this.options.trunks ?? defaultTrunks);
    if (translation.leg) this.legs.put(translation.leg);
    if (translation.gone && legId !== undefined) {
      this.legs.remove(legId);
      this.later(this.places.ended(legId), 'removing an empty bridge');
    }
    for (const one of translation.told) this.hub.tell(one);
    if (legId === undefined) return;
    const { turnAway, recordingId } = translation;
    if (turnAway) this.later(this.legs.turnAway(legId, turnAway), 'turning a leg away');
    if (recordingId) this.finishRecording(recordingId, legId, event.timestamp);
  }

  /** Keeps track of who is in which bridge. */
  private follow(event: AriEvent): void {
    if (event.type === 'ChannelEnteredBridge')
      this.later(this.places.entered(event.bridge, event.channel.id), 'removing an empty bridge');
    if (event.type === 'ChannelLeftBridge')
      this.later(this.places.left(event.bridge, event.channel.id), 'removing an empty bridge');
  }

  private followSnoop(event: AriEvent, snoopId: string): void {
    if (event.type === 'StasisStart') this.snoops.started(snoopId);
    const ended =
      event.type === 'StasisEnd' || event.type === 'ChannelDestroyed'
        ? this.snoops.ended(snoopId)
        : undefined;
    if (!ended) return;
    const { bridgeId, place } = ended;
    const { legId, targetLegId } = place;
    const work = this.places.earEnded(bridgeId, place).then((stopped) => {
      if (stopped) this.hub.tell({ kind: 'leg.stopped-listening', at: event.timestamp, legId, targetLegId });
    });
    this.later(work, 'removing a listener');
  }

  /** The link is open: what exists now is the truth, whatever we believed before. */
  private async takeOver(): Promise<void> {
    const stock = await takeStock(this.ari, this.options.ari.app);
    // A leg that arrives while we look is told as an arrival, so it is not told as existing too.
    const arriving = new Set(
      this.ari.heldBack.flatMap((event) =>
        event.type === 'StasisStart' && !this.legs.get(event.channel.id) ? [event.channel.id] : [],
      ),
    );
    const channels = stock.channels.filter(({ id, state }) => !(arriving.has(id) && state === 'Ring'));
    this.legs.replaceAll(channels.map((channel) => recordOf(channel, this.legs.get(channel.id))));
    await this.snoops.adopt(stock.bridges, stock.snoopIds);
    await this.places.adopt(stock.bridges);
    this.wasConnected = true;
    const at = await this.legs.now();
    this.hub.tell({ kind: 'engine.connected', at, legs: existingLegs({ ...stock, channels }) });
    // Recordings that ended while nobody listened.
    const running = new Set(channels.map(({ channelvars }) => channelvars[channelVariables.recording]));
    for (const { recordingId, legId } of await this.recordings.list())
      if (!running.has(recordingId)) this.finishRecording(recordingId, legId, at);
  }

  private lost(): void {
    if (!this.wasConnected) return;
    this.wasConnected = false;
    this.hub.tell({ kind: 'engine.lost', at: this.clock.now() });
  }

  private finishRecording(recordingId: string, legId: string, at: number): void {
    const work = this.recordings.complete(recordingId, legId).then((complete) => {
      if (complete) this.hub.tell({ kind: 'recording.finished', at, legId, recordingId });
    });
    this.later(work, `completing recording ${recordingId}`);
  }

  /** Work that follows an event, with nobody to hand a failure to. When the link is lost, stock-taking mends it. */
  private later(work: Promise<void>, what: string): void {
    work.catch((error: unknown) => this.log.error(`${what}: ${String(error)}`));
  }
}

function legIdOf(event: AriEvent): string | undefined {
  if (event.type === 'Dial') return event.peer.id;
  return 'channel' in event ? event.channel.id : undefined;
}
