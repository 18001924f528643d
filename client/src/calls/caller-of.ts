import { maskNumber } from '../ui/mask-number';

/**
 * The name a web phone calls by (the exchange may drop its dash): made up for one visit, so its end is enough to tell
 * visitors apart.
 */
const visitorName = /^guest-?[0-9a-f]{4,}([0-9a-f]{4})$/i;

/** What may be shown of a caller's number. */
export function callerOf(number: string): { visitor: boolean; shown: string } {
  const tail = visitorName.exec(number)?.[1];
  return tail === undefined ? { visitor: false, shown: maskNumber(number) } : { visitor: true, shown: tail };
}
