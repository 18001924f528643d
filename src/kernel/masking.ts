/**
 * How customers' numbers and names leave the server. Whoever may see more asks for it by name, and it is on record
 * (`src/calls/number-reveals.ts`). The masked form is plain ASCII: it also goes into SIP headers.
 */

/** Longer ones are somebody's; shorter ones are the house's extensions, emergencies and services. */
export const shortestCustomerNumber = 7;

const stars = '****';
/** Callers who keep their number to themselves are nobody, and stay it. */
const withheld = /^(anonymous|unknown|restricted|unavailable|private)?$/i;
/** A web phone's name, made up for one visit (the exchange may drop its dash). */
const visitor = /^guest-?[0-9a-f]{4,}([0-9a-f]{4})$/i;
/** With or without the country's code, or the zero that long distance was dialled with once. */
const mobile = /^(\+86|0086|86|0)?(1[3-9]\d)\d{4}(\d{4})$/;
const alreadyMasked = /^(\+?\d{0,7}|guest-|.)\*{4}\w{0,4}$/u;

/** True for a number that says nothing about who called. */
export const isWithheld = (number: string): boolean => withheld.test(number);

/** `13800006021` → `138****6021`; of other numbers the last four are kept; short ones and nobody's stay. */
export function maskedNumber(number: string): string {
  if (isWithheld(number) || alreadyMasked.test(number)) return number;
  const tail = visitor.exec(number)?.[1];
  if (tail !== undefined) return `guest-${stars}${tail}`;
  const parts = mobile.exec(number);
  if (parts) return `${parts[1] ?? ''}${parts[2]}${stars}${parts[3]}`;
  if (/^\+?\d+$/.test(number) && number.length < shortestCustomerNumber) return number;
  return number.length > shortestCustomerNumber ? `${stars}${number.slice(-4)}` : `${first(number)}${stars}`;
}

/** A name for those who do not talk with its owner: `王小明` → `王**`. */
export function maskedName(name: string): string {
  const shown = shownName(name);
  if (shown !== name || name === '' || alreadyMasked.test(name)) return shown;
  return `${first(name)}**`;
}

/** A name for the one who talks with its owner: whole, unless it is a number in disguise. */
export function shownName(name: string): string {
  const digits = name.replace(/\D/g, '');
  return digits.length >= shortestCustomerNumber || visitor.test(name) ? maskedNumber(name.trim()) : name;
}

/** Telephone numbers within free text; other figures (rooms, bookings, dates) stay. */
export function maskedText(text: string): string {
  return text.replace(numberInText, (found) => maskedNumber(found.replace(/[ -]/g, '')));
}

/** Abroad, mobile, or behind an area code. Each part is bounded, and nothing is tried twice. */
const numberInText =
  /(?<![\da-fA-F.])(?:\+\d{8,15}|(?:0086|86|0)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8})(?![\da-fA-F])/g;

/**
 * What a form sends back that was shown a masked number: the number that was meant, if it is one of `known`. What was
 * typed stays as it was typed.
 */
export function restoredNumber(typed: string, known: readonly (string | undefined)[]): string {
  const meant = known.find(
    (number) => number !== undefined && number !== '' && maskedNumber(number) === typed,
  );
  return meant ?? typed;
}

const first = (text: string): string => Array.from(text)[0] ?? '';
