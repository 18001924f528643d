import type { DeviceAccount, TelephonyEngine } from '../../src/telephony/port/engine.js';
import type { EngineEvent } from '../../src/telephony/port/engine-event.js';

/** A person at a phone, whatever the phone is made of. */
export interface RigParty {
  /** What the phone shows. */
  state(): 'calling' | 'ringing' | 'up' | 'ended';
  /** The last SIP status it was given. */
  status(): number;
  /** Says a steady tone from now on; 0 is silence. */
  speaks(frequency: number): void;
  /** Hears this tone now, and nothing much besides. */
  hears(frequency: number): boolean;
  /** Hears each of these parties' tones together, and no other party's. */
  hearsJust(...frequencies: number[]): boolean;
  /** Hears something that is none of the parties' tones. */
  hearsMusic(): boolean;
  presses(digits: string): void;
  /** Keypad tones that reached the phone. */
  digitsHeard(): string;
  hangsUp(): void;
}

/** A softphone with an account. */
export interface RigDevice {
  /** True when the exchange took the registration. */
  registers(): Promise<boolean>;
  /** Its current call. */
  party(): RigParty | undefined;
  answers(): void;
  rejects(): void;
  holds(): void;
  resumes(): void;
  /** A header of the call that rings. */
  header(name: string): string;
  shownNumber(): string;
  dials(number: string): Promise<RigParty>;
}

/** What becomes of a call to an outside number; a number is the SIP status its network refuses with. */
export type OutsideNumber = 'rings' | 'plays early' | 'is silent' | number;

/** The outside world's phone with a number. */
export interface RigOutside {
  party(): RigParty | undefined;
  answers(): void;
  refuses(sipStatus: number): void;
  shownNumber(): string;
}

/** Somebody with an address of their own and no business here. */
export interface RigStranger {
  readonly address: string;
  /** Wants something: is `asked` who they are, or `refused` at once. */
  knocks(): Promise<'asked' | 'refused'>;
  /** Tries an account with a secret that is not its own. */
  guessesAt(account: string): Promise<void>;
}

export interface RigCall {
  dialled: string;
  fromNumber?: string;
  fromName?: string;
  /** The phone offers a picture only. */
  withoutAudio?: boolean;
}

/** Everything the contract needs around an engine. */
export interface EngineRig {
  readonly engine: TelephonyEngine;
  /** Every event since the rig was made, of every engine it had. */
  readonly events: readonly EngineEvent[];
  /** A prompt of about a second that sounds at `promptHz`. */
  readonly sound: string;
  readonly promptHz: number;
  /** The engine's time. */
  now(): number;
  /** A customer calls over the trunk. */
  calls(call: RigCall): Promise<RigParty>;
  /** Gives a device its account. */
  device(account: DeviceAccount): Promise<RigDevice>;
  /** Gives the outside world's number a phone. Numbers without one are unknown there. */
  outside(number: string, does: OutsideNumber): RigOutside;
  stranger(): Promise<RigStranger>;
  /** Replaces the engine by one that has no trunk to dial out over, while `meanwhile` runs. */
  withoutTrunk(meanwhile: () => Promise<void>): Promise<void>;
  /** Lets so much of a call go by. */
  pass(party: RigParty, ms: number): Promise<void>;
  /** Replaces the engine object, as a restart of the server does; `meanwhile` runs while there is none. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  /** Legs, rooms and recordings that still exist. */
  leftovers(): Promise<readonly string[]>;
  /** Removes what a failed test left, so that it does not fail the next one. */
  clear(): Promise<void>;
  close(): Promise<void>;
}
