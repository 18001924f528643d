import { randomUUID } from 'node:crypto';
import type { DeviceAccount, RingNumber } from '../../src/telephony/port/engine.js';
import type { EngineEvent, EngineEventKind } from '../../src/telephony/port/engine-event.js';
import { eventually } from '../support/eventually.js';
import type { EngineRig, RigCall, RigDevice, RigParty } from './rig.js';

type EventOf<Kind extends EngineEventKind> = Extract<EngineEvent, { kind: Kind }>;

export const customerHz = 440;
export const agentHz = 1000;
export const leadHz = 1700;
export const outsideHz = 2300;
export const partyTones: readonly number[] = [customerHz, agentHz, leadHz, outsideHz];

/** A customer's call, seen from both ends. */
export interface StoryCall {
  legId: string;
  party: RigParty;
}

/** An agent's registered device. */
export interface Desk {
  deviceId: string;
  phone: RigDevice;
  account: DeviceAccount;
}

/** Steps that most lines of the contract begin with, and what was told since the story began. */
export class Story {
  private readonly from: number;

  constructor(readonly rig: EngineRig) {
    this.from = rig.events.length;
  }

  get engine() {
    return this.rig.engine;
  }

  /** What was told since the story began. */
  told(): readonly EngineEvent[] {
    return this.rig.events.slice(this.from);
  }

  /** Kinds told of one leg, in order; what depends on how loud a line is left out. */
  kinds(legId: string): string[] {
    return this.told()
      .filter((event) => 'legId' in event && event.legId === legId)
      .map((event) => event.kind)
      .filter((kind) => kind !== 'leg.speaking' && kind !== 'leg.silent');
  }

  /** Waits for an event of this kind that was told in this story and fits. */
  hears<Kind extends EngineEventKind>(
    kind: Kind,
    fits: (event: EventOf<Kind>) => boolean = () => true,
  ): Promise<EventOf<Kind>> {
    return eventually(
      () =>
        this.told().find(
          (event): event is EventOf<Kind> => event.kind === kind && fits(event as EventOf<Kind>),
        ),
      { what: `${kind} among ${JSON.stringify(this.told().map((event) => event.kind))}` },
    );
  }

  /** As `hears`, of one leg; `times`: the n-th one. */
  of<Kind extends EngineEventKind>(legId: string, kind: Kind, times = 1): Promise<EventOf<Kind>> {
    let seen: EventOf<Kind>[] = [];
    return eventually(
      () => {
        seen = this.told().filter(
          (event): event is EventOf<Kind> => event.kind === kind && 'legId' in event && event.legId === legId,
        );
        return seen[times - 1];
      },
      { what: `${kind} number ${times} of ${legId} after ${this.kinds(legId).join(', ')}`, withinMs: 8_000 },
    );
  }

  /** A customer calls and the engine tells it. */
  async arrives(call: Partial<RigCall> = {}): Promise<StoryCall> {
    const known = this.rig.events.length;
    const party = await this.rig.calls({ dialled: '8000', fromNumber: '13800001111', ...call });
    const { legId } = await eventually(
      () => this.rig.events.slice(known).find((event) => event.kind === 'leg.arrived'),
      { what: 'leg.arrived' },
    );
    return { legId, party };
  }

  /** A customer calls, is answered, and speaks. */
  async opened(): Promise<StoryCall> {
    const call = await this.arrives();
    await this.engine.openLine(call.legId);
    await this.of(call.legId, 'leg.answered');
    await eventually(() => call.party.state() === 'up');
    call.party.speaks(customerHz);
    return call;
  }

  /** An agent's device, registered. */
  async desk(mayDial: readonly string[] = []): Promise<Desk> {
    const deviceId = `desk-${randomUUID()}`;
    const account = { deviceId, secret: randomUUID(), displayName: '座席 801', mayDial };
    const phone = await this.rig.device(account);
    if (!(await phone.registers())) throw new Error('the registration was refused');
    await eventually(() => this.engine.deviceReachable(deviceId));
    return { deviceId, phone, account };
  }

  /** Rings the device for the customer; resolves when its phone rings. */
  async rings(desk: Desk, onBehalfOf: string): Promise<StoryCall> {
    const legId = randomUUID();
    await this.engine.ringDevice({
      legId,
      deviceId: desk.deviceId,
      onBehalfOf,
      fromNumber: '13800001111',
      fromName: '王先生',
      headers: { 'X-Sanling-Leg': legId },
    });
    await this.of(legId, 'leg.ringing');
    return { legId, party: await eventually(() => desk.phone.party()) };
  }

  /** A customer and an agent in one room, both speaking. */
  async talking() {
    const customer = await this.opened();
    const desk = await this.desk();
    const agent = await this.rings(desk, customer.legId);
    desk.phone.answers();
    await this.of(agent.legId, 'leg.answered');
    agent.party.speaks(agentHz);
    const roomId = randomUUID();
    await this.engine.connect(roomId, [customer.legId, agent.legId]);
    await this.of(customer.legId, 'leg.connected');
    await this.of(agent.legId, 'leg.connected');
    await eventually(() => customer.party.hears(agentHz) && agent.party.hears(customerHz), {
      what: 'both hear each other',
    });
    return { customer, agent, desk, roomId };
  }

  /** A lead's leg, up and speaking, beside a talk. */
  async lead(onBehalfOf: string): Promise<StoryCall> {
    const desk = await this.desk();
    const lead = await this.rings(desk, onBehalfOf);
    desk.phone.answers();
    await this.of(lead.legId, 'leg.answered');
    lead.party.speaks(leadHz);
    return lead;
  }

  /** Rings an outside number; resolves with its leg when the engine took the command. */
  async dials(number: string, more: Partial<RingNumber> = {}): Promise<string> {
    const legId = randomUUID();
    await this.engine.ringNumber({
      legId,
      number,
      callerNumber: '02188880000',
      callerName: 'Sanling Hotel',
      timeoutMs: 20_000,
      ...more,
    });
    return legId;
  }

  /** Somebody outside who was rung, answered, and speaks. */
  async answersOutside(number: string, onBehalfOf: string): Promise<StoryCall> {
    const phone = this.rig.outside(number, 'rings');
    const legId = await this.dials(number, { onBehalfOf });
    await this.of(legId, 'leg.ringing');
    phone.answers();
    await this.of(legId, 'leg.answered');
    const party = await eventually(() => phone.party());
    party.speaks(outsideHz);
    return { legId, party };
  }

  /** Ends legs and waits until the engine has told it. */
  async ends(...legIds: string[]): Promise<void> {
    for (const legId of legIds) {
      await this.engine.endLeg(legId);
      await this.of(legId, 'leg.ended');
    }
  }
}
