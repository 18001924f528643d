import { refuse } from '../../kernel/refusal.js';
import { idsOf, inConference, memberHandlings, memberParties } from './call-model.js';
import { because, type Decision, tell } from './decision.js';
import { type Desk, done, notNow } from './desk.js';
import { successor } from './endings.js';

/** The responsible agent lets one of the others go. `memberId`: of their handling, or of the outside party. */
export function dropMember(desk: Desk, memberId: string): Decision {
  const { call, handling, now } = desk;
  if (call.state === 'ended' || handling.id !== call.mainId) return notNow(desk);
  const member = memberHandlings(call).find(({ id }) => id === memberId);
  if (member) {
    return done(
      tell(now, 'agent', 'member.left', { ...idsOf(member), by: 'dropped' }),
      tell(now, 'system', 'wrap-up.started', idsOf(member)),
    );
  }
  const party = memberParties(call).find(({ id }) => id === memberId);
  if (!party) return because(refuse('conference.member-unknown', { memberId }));
  return done(tell(now, 'agent', 'party.left', { partyId: party.id, by: 'agent' }));
}

/** The others talk on without this agent; the responsible one passes that on to an agent in the talk, if there is one. */
export function leaveConference(desk: Desk): Decision {
  const { call, handling, now } = desk;
  if (handling.phase !== 'talking' || call.state !== 'talking') return notNow(desk);
  const wrapUp = tell(now, 'system', 'wrap-up.started', idsOf(handling));
  if (handling.id !== call.mainId) {
    return done(tell(now, 'agent', 'member.left', { ...idsOf(handling), by: 'self' }), wrapUp);
  }
  if (call.transfer) return because(refuse('transfer.under-way'));
  if (!inConference(call)) return because(refuse('conference.none'));
  return done(...successor(call, handling, now), wrapUp);
}
