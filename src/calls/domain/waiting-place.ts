import { activeHandling, type CallModel } from './call-model.js';

/** A call's place among those who wait for an agent. */
export interface WaitingPlace {
  queueId: string;
  /** Time in a menu is no time in the queue. */
  since: number;
  /** Before all who were not put to the front. */
  front: boolean;
  /** The transfer that looks for somebody who takes the customer over; null: the customer waits for the next agent. */
  transferId: string | null;
}

/** Where the call waits as its facts have it; null: it does not. Nowhere else is this decided. */
export function waitingPlace(call: CallModel): WaitingPlace | null {
  if (!call.customerLegAlive) return null;
  const since = call.menu?.leftAt ?? call.arrivedAt;
  const { transfer, queue } = call;
  if (
    transfer?.target.kind === 'queue' &&
    transfer.target.id &&
    !transfer.targetHandlingId &&
    transfer.answeredAt === null
  )
    return { queueId: transfer.target.id, since, front: true, transferId: transfer.id };
  if (call.state !== 'queued' || !queue || activeHandling(call)) return null;
  return { queueId: queue.id, since, front: queue.front, transferId: null };
}
