/** The name a web phone calls by, as the server masks it: its end is enough to tell visitors apart. */
const visitorName = /^guest-\*+([0-9a-f]{4})$/i;

/** A caller's number as the server sends it: masked, or the end of a web visitor's name. */
export function callerOf(number: string): { visitor: boolean; shown: string } {
  const tail = visitorName.exec(number)?.[1];
  return tail === undefined ? { visitor: false, shown: number } : { visitor: true, shown: tail };
}

/** True for a number of which the server has more than it sent. */
export const isMasked = (number: string): boolean => number.includes('*') && !visitorName.test(number);

/** The number that is the customer's: who called, or who was called. */
export const customerOf = ({
  direction,
  fromNumber,
  dialled,
}: {
  direction: 'inbound' | 'outbound';
  fromNumber: string;
  dialled: string;
}): string => (direction === 'outbound' ? dialled : fromNumber);
