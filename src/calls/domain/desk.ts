import type { PolicyDocument } from '../../contracts/policy.js';
import { refuse } from '../../kernel/refusal.js';
import type { CallModel, HandlingModel } from './call-model.js';
import { because, type Decision, type Told } from './decision.js';

/** What a decision on an agent's command sees: the call, the agent's handling in it, the policy, the time. */
export interface Desk {
  call: CallModel;
  handling: HandlingModel;
  policy: PolicyDocument;
  now: number;
}

/** Refused as things stand. */
export const notNow = ({ call, handling }: Desk): Decision =>
  because(
    call.state === 'ended'
      ? refuse('call.ended', { phase: handling.phase })
      : refuse('call.not-allowed-now', { state: call.state, phase: handling.phase }),
  );

/** While the agent's phone is away from the talk, nothing can be done with the call. */
export const whenHere = (desk: Desk, decide: () => Decision): Decision =>
  desk.handling.away ? because(refuse('call.agent-away')) : decide();

export const done = (...facts: Told[]): Decision => ({ facts });
