import type { CallStory } from './call-story.js';

/** Where a customer is, as the engine was asked for it: in a room with these others, with music, on the way out, nowhere. */
export type Whereabouts = { at: 'room'; with: string[] } | { at: 'music' | 'leaving' | 'nowhere' };

/** Follows what the engine was asked for, from the beginning; legs that the engine said are gone are with nobody. */
export function customersWhereabouts(story: CallStory): Whereabouts {
  const inRoom = new Set<string>();
  let at: Whereabouts['at'] = 'nowhere';
  for (const directive of story.directives) {
    if (directive.do === 'connect') {
      for (const legId of directive.legIds) inRoom.add(legId);
      if (directive.legIds.includes(story.customer)) at = 'room';
    } else if (directive.do === 'wait' || directive.do === 'end-leg') {
      const isCustomer = directive.legId === story.customer;
      // Whatever was asked for afterwards: a leg that is being ended goes nowhere else.
      if (isCustomer && directive.do === 'end-leg') return { at: 'leaving' };
      if (isCustomer) at = 'music';
      inRoom.delete(directive.legId);
    } else if (directive.do === 'listen' || directive.do === 'whisper') inRoom.delete(directive.legId);
  }
  if (at !== 'room') return { at };
  const others = [...inRoom].filter((legId) => legId !== story.customer && !story.goneLegs.has(legId));
  return { at, with: others };
}
