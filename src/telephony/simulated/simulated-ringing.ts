import type { RingDevice, RingNumber } from '../port/engine.js';
import type { LegRefusal } from '../port/engine-event.js';
import type { SimulatedExchange } from './simulated-exchange.js';

const longestRingMs = 180_000;

/** A device's phone rings, or the attempt is refused. */
export function ringDevice(exchange: SimulatedExchange, ring: RingDevice): void {
  const { legId, deviceId, onBehalfOf, fromNumber, fromName, headers = {} } = ring;
  const why = obstacle(exchange, onBehalfOf, exchange.registered.has(deviceId));
  if (why) {
    exchange.tell({ kind: 'leg.refused', at: exchange.clock.now(), legId, why });
    return;
  }
  const stopRinging = exchange.clock.at(exchange.clock.now() + longestRingMs, () =>
    exchange.deviceRefuses(legId, 'no-answer'),
  );
  exchange.add({
    legId,
    origin: 'rung',
    state: 'ringing',
    status: 180,
    deviceId,
    fromNumber,
    fromName,
    headers,
    stopRinging,
  });
  exchange.tell({ kind: 'leg.ringing', at: exchange.clock.now(), legId });
}

/** A phone of the outside world rings, or its network refuses. */
export function ringNumber(exchange: SimulatedExchange, ring: RingNumber): void {
  const { legId, number, onBehalfOf, timeoutMs } = ring;
  if (!/^\+?[0-9]{1,20}$/.test(number)) throw new Error(`not a number to dial: ${JSON.stringify(number)}`);
  const { outside, clock } = exchange;
  const why = obstacle(exchange, onBehalfOf, outside !== undefined);
  if (why) {
    exchange.tell({ kind: 'leg.refused', at: clock.now(), legId, why });
    return;
  }
  const does = outside?.get(number) ?? { refuses: 'unknown-number', sipStatus: 404 };
  const rings = does === 'rings';
  const leg = exchange.add({
    legId,
    number,
    origin: 'rung',
    state: rings ? 'ringing' : 'calling',
    status: rings ? 180 : 0,
    deviceId: undefined,
    fromNumber: ring.callerNumber,
    fromName: ring.callerName,
  });
  if (rings) exchange.tell({ kind: 'leg.ringing', at: exchange.clock.now(), legId });
  else if (does !== 'is silent') {
    exchange.deviceRefuses(legId, does.refuses, does.sipStatus);
    return;
  }
  leg.stopRinging = clock.at(exchange.clock.now() + timeoutMs, () =>
    exchange.deviceRefuses(legId, rings ? 'no-answer' : 'unreachable'),
  );
}

/** Why nothing can ring, if so. */
function obstacle(
  exchange: SimulatedExchange,
  onBehalfOf: string | undefined,
  reachable: boolean,
): LegRefusal | undefined {
  if (onBehalfOf !== undefined && !exchange.live(onBehalfOf)) return 'failed';
  return reachable ? undefined : 'unreachable';
}
