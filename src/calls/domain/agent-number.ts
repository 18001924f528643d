import { activeHandling, type CallModel, type HandlingModel, idsOf } from './call-model.js';
import { type Source, type Told, tell } from './decision.js';

/*
 * Where the policy says so, the customer hears the number of the agent who answered ("工号 八零一 为您服务") before the two
 * are connected. The agent waits for it in silence; the customer hears music before and after the words. Only the first
 * answer of a call is announced: after a transfer, a take-over or a lost agent the customer knows that they are served.
 */

/** An engine that does not tell the end of the words in this time will not: the two are connected all the same. */
const patienceMs = 10_000;

/** The prompt's id at the engine. */
export const numberPromptOf = (handlingId: string): string => `number-${handlingId}`;

/** "工号", the digits one by one, "为您服务"; the files live with the engine's sounds. */
export function numberSounds(agentNumber: string): string[] {
  const digits = agentNumber.replace(/\D/g, '');
  return [
    'sanling/agent-number',
    ...[...digits].map((digit) => `sanling/digit-${digit}`),
    'sanling/serves-you',
  ];
}

/** Nobody has answered this customer yet: the offer is one that is announced when the policy says so. */
export function isFirstAnswer(call: CallModel): boolean {
  return call.state === 'queued' && call.handlings.every(({ answeredAt }) => answeredAt === null);
}

/** The words begin, in place of the connection. */
export function numberStarted(call: CallModel, handling: HandlingModel, at: number): Told[] {
  if (!handling.announcesNumber || handling.id !== call.mainId || !call.customerLegAlive) return [];
  const { agentNumber } = handling;
  return [tell(at, 'system', 'agent-number.started', { ...idsOf(handling), agentNumber })];
}

/** The words are over; nothing when they are not what ended, or the agent has gone meanwhile. */
export function numberFinished(call: CallModel, promptId: string, at: number): Told[] {
  const main = activeHandling(call);
  return main && isAnnouncing(main) && promptId === numberPromptOf(main.id) ? ended(main, at, 'engine') : [];
}

/** Customer and agent are not connected yet, because the number is being said. */
export const isAnnouncing = ({ announcingSince }: HandlingModel): boolean => announcingSince !== null;

/** When the words are taken for said, whatever the engine tells. */
export function numberDeadline(
  handling: HandlingModel,
): { at: number; actAt: number; facts: () => Told[] }[] {
  if (handling.announcingSince === null) return [];
  const at = handling.announcingSince + patienceMs;
  return [{ at, actAt: at, facts: () => ended(handling, at, 'system') }];
}

function ended(handling: HandlingModel, at: number, source: Source): Told[] {
  return [tell(at, source, 'agent-number.ended', idsOf(handling))];
}
