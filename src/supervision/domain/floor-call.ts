import { activeHandling, type CallModel, helpers } from '../../calls/domain/call-model.js';
import { customerNumber } from '../../calls/domain/outbound.js';
import type { FloorCall } from '../../contracts/floor.js';
import { maskedNumber } from '../../kernel/masking.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A live call as the board shows it. `ceilingMs`: the policy's longest wait. */
export function floorCallOf(call: CallModel, ceilingMs: number): FloorCall {
  const handling = activeHandling(call);
  const hold = call.state === 'held' ? handling?.hold : null;
  const helpCalledAt = call.handlings.find((each) => each.helpCalledAt !== null)?.helpCalledAt;
  const heldSince = hold?.startedAt ?? null;
  return {
    callId: call.id,
    state: call.state,
    fromNumber: maskedNumber(customerNumber(call)),
    queueName: call.queue?.name ?? null,
    agentId: handling?.agentId ?? null,
    arrivedAt: iso(call.arrivedAt),
    stateSince: iso(call.stateSince),
    holdLimitAt: hold && heldSince !== null ? iso(heldSince + hold.limitMs) : null,
    holdCeilingAt: heldSince !== null ? iso(heldSince + ceilingMs) : null,
    helpCalledAt: helpCalledAt == null ? null : iso(helpCalledAt),
    awaySince: handling?.away ? iso(handling.away.since) : null,
    helpers: helpers(call).map(({ leadId, leadName, mode, wanted }) => ({
      leadId,
      leadName,
      mode: mode ?? wanted,
    })),
    transferring: call.transfer !== null,
  };
}
