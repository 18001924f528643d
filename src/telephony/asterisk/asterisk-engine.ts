import type { Clock } from '../../kernel/clock.js';
import {
  type DeviceAccount,
  type EngineHealth,
  type EngineListener,
  type LegStatistics,
  type RecordingFiles,
  type RingDevice,
  type RingNumber,
  TelephonyEngine,
  type TurnAway,
} from '../port/engine.js';
import type { ListeningMode } from '../port/engine-event.js';
import { EventHub } from '../port/event-hub.js';
import { AmiClient } from './ami-client.js';
import { AriClient } from './ari-client.js';
import { AriHttp } from './ari-http.js';
import { ariInfoSchema } from './ari-schema.js';
import { AsteriskNews } from './asterisk-news.js';
import { type AsteriskOptions, defaultTrunks } from './asterisk-options.js';
import { Devices } from './devices.js';
import { makeEdgeEndpoint } from './edge-endpoint.js';
import { Gate } from './gate.js';
import { HoldMusic } from './hold-music.js';
import { checkId } from './ids.js';
import { Legs } from './legs.js';
import { Places } from './places.js';
import { playPrompt, sendDigits, stopPrompt } from './prompts.js';
import { RecordingStore } from './recording-store.js';
import { Recordings } from './recordings.js';
import { Snoops } from './snoops.js';
import { SoundLibrary } from './sound-library.js';
import { codecOf, statisticsOf } from './statistics.js';
import { strangerRefused } from './strangers.js';

/** Asterisk 22 behind the port: ARI for calls, MixMonitor over AMI for two-channel recording. */
export class AsteriskEngine extends TelephonyEngine {
  private readonly hub = new EventHub();
  private readonly ari: AriClient;
  private readonly ami: AmiClient;
  private readonly legs: Legs;
  private readonly snoops: Snoops;
  private readonly places: Places;
  private readonly devicesHere: Devices;
  private readonly devicesElsewhere: Devices;
  private readonly gate: Gate;
  private readonly recordings: Recordings;
  private readonly sounds: SoundLibrary;
  private readonly news: AsteriskNews;
  private started = false;

  constructor(
    private readonly options: AsteriskOptions,
    clock: Clock,
  ) {
    super();
    this.ari = new AriClient(options, clock, {
      onOpen: () => this.open(),
      onEvent: (event) => this.news.take(event),
      onLost: () => this.news.lost(),
    });
    this.ami = new AmiClient(options.ami, clock, (event) => {
      const refused = strangerRefused(event);
      if (refused) this.hub.tell(refused);
    });
    // Told to every node, whoever drives it.
    this.gate = new Gate(new AriHttp(options));
    this.legs = new Legs(this.ari, options.ari.app, (event) => this.hub.tell(event));
    this.snoops = new Snoops(this.ari, clock, options.ari.app);
    this.places = new Places(this.ari, clock, (legId) => this.legs.get(legId) !== undefined, this.snoops);
    this.devicesHere = new Devices(this.ari, clock, options.ari.app);
    this.devicesElsewhere = new Devices(new AriHttp(options), clock, options.ari.app);
    this.recordings = new Recordings(this.ari, this.ami, new RecordingStore(options), clock);
    this.sounds = new SoundLibrary(options.soundsFolder);
    const { ari, legs, snoops, places, recordings } = this;
    const { trunks = defaultTrunks } = options;
    const holdMusic = new HoldMusic(ari, (legId) => places.companions(legId));
    const parts = { ari, legs, snoops, places, holdMusic, recordings, clock, app: options.ari.app, trunks };
    this.news = new AsteriskNews(parts, (event) => this.hub.tell(event));
  }

  async start(): Promise<void> {
    this.started = true;
    await Promise.all([this.ami.start(), this.ari.start()]);
  }

  async stop(): Promise<void> {
    this.started = false;
    this.ami.stop();
    this.ari.stop();
  }

  async health(): Promise<EngineHealth> {
    if (!this.ari.connected) return { up: false, detail: `Asterisk: ${this.ari.problem}` };
    if (!this.ami.connected) return { up: false, detail: `Asterisk, recording control: ${this.ami.problem}` };
    const info = await this.ari.get('asterisk/info', ariInfoSchema, { only: 'system' });
    return { up: true, detail: `Asterisk ${info?.system.version ?? 'of unknown version'}` };
  }

  onEvent(listener: EngineListener): () => void {
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

  shutOut(address: string): Promise<void> {
    return this.gate.shutOut(address);
  }

  letIn(address: string): Promise<void> {
    return this.gate.letIn(address);
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
    return this.legs.ring(ring, this.options.edge);
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

  playPrompt(legId: string, promptId: string, sounds: string | readonly string[]): Promise<void> {
    return playPrompt(this.ari, checkId(legId), checkId(promptId), [sounds].flat());
  }

  stopPrompt(promptId: string): Promise<void> {
    return stopPrompt(this.ari, checkId(promptId));
  }

  hasSound(sound: string): Promise<boolean> {
    return this.sounds.has(sound);
  }

  provideSound(sound: string, wav: Buffer): Promise<void> {
    return this.sounds.provide(sound, wav);
  }

  removeSound(sound: string): Promise<void> {
    return this.sounds.remove(sound);
  }

  sendDigits(legId: string, digits: string): Promise<void> {
    return sendDigits(this.ari, checkId(legId), digits);
  }

  async startRecording(legId: string, recordingId: string): Promise<void> {
    if (!(await this.recordings.start(checkId(legId), recordingId))) return;
    this.hub.tell({ kind: 'recording.started', at: await this.legs.now(), legId, recordingId });
  }

  async stopRecording(legId: string, recordingId: string): Promise<void> {
    if (!(await this.recordings.stop(checkId(legId), recordingId))) return;
    void this.news.finishRecording(recordingId, legId, await this.legs.now());
  }

  fetchRecording(recordingId: string): Promise<RecordingFiles> {
    return this.recordings.fetch(recordingId);
  }

  deleteRecording(recordingId: string): Promise<void> {
    return this.recordings.delete(recordingId);
  }

  /** An Asterisk that another process drives takes accounts all the same: every agent is reached from every node. */
  private get devices(): Devices {
    return this.started ? this.devicesHere : this.devicesElsewhere;
  }

  private async open(): Promise<void> {
    const { ari, edge } = this.options;
    if (edge) await makeEdgeEndpoint(this.ari, ari.app, edge);
    await this.news.takeOver();
  }

  private async hear(listenerLegId: string, targetLegId: string, mode: ListeningMode): Promise<void> {
    const [legId, target] = [checkId(listenerLegId), checkId(targetLegId)];
    if (legId === target) throw new Error(`${legId} would listen to itself`);
    await this.places.listen({ kind: 'listening', legId, targetLegId: target, mode });
  }
}
