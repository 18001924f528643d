import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Destination } from '../../contracts/dialling.js';

/** A typed number as the trunk takes it. */
export interface Dialled {
  /** Digits; a leading + for an international number. */
  number: string;
  /** For people. */
  display: string;
  destination: Destination;
}

const emergencies = new Set(['110', '119', '120', '122']);
/** Short public numbers: three digits (114), carriers (10086), public services (12306), banks (95588), local services (96xxx). */
const shortService = /^(1\d{2}|10\d{3}|12\d{3}|95\d{3,4}|96\d{3,4})$/;
/** Extensions of the house: they never begin like a short public number. */
const extension = /^[2-8]\d{1,4}$/;
/** Information services at the caller's expense, also behind an area code: 010 and 02x have three digits, others four. */
const premium = /^(010|02\d|0[3-9]\d{2})?16[08]\d{2,8}$/;
/** Satellite phones within the mobile range. */
const satellite = /^(1349|174[0-9])/;
const localNumber = /^[2-8]\d{6,7}$/;

/**
 * What was typed, without what people put between digits: spaces, hyphens, brackets, dots, full-width forms. Undefined
 * when anything else is in it, or nothing: letters are not guessed.
 */
export function digitsOf(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').replace(/[\s\-–—‐‑.()·/\u200b-\u200f\u202a-\u202e\ufeff]/g, '');
  const whole = plain.startsWith('00') ? `+${plain.slice(2)}` : plain;
  // Looked at last: of a mere 00 nothing but the + is left.
  return /^\+?\d{2,20}$/.test(whole) ? whole : undefined;
}

function ofPlan(parsed: PhoneNumber, areaCode: string): Dialled | undefined {
  const national = parsed.nationalNumber;
  const display = parsed.formatNational();
  switch (parsed.getType()) {
    case 'MOBILE':
      return { number: national, display, destination: satellite.test(national) ? 'premium' : 'mobile' };
    case 'FIXED_LINE':
    case 'FIXED_LINE_OR_MOBILE': {
      const number = `0${national}`;
      return { number, display, destination: number.startsWith(areaCode) ? 'local' : 'national' };
    }
    case 'TOLL_FREE':
    case 'SHARED_COST':
      return { number: national, display, destination: 'toll-free' };
    case 'PREMIUM_RATE':
      return { number: national, display, destination: 'premium' };
    default:
      return undefined;
  }
}

/** The short numbers and the house's own, which no public plan lists. */
function short(digits: string): Destination | undefined {
  if (emergencies.has(digits)) return 'emergency';
  if (premium.test(digits)) return 'premium';
  if (shortService.test(digits)) return 'service';
  return extension.test(digits) ? 'internal' : undefined;
}

/**
 * The number to dial for what a person typed, in a house with this area code; undefined when it is no number. A number
 * that fits no plan is `unknown`, which nobody may dial unless a rule says so: carriers' access codes before a foreign
 * number end there too.
 */
export function normalise(typed: string, areaCode: string): Dialled | undefined {
  const digits = digitsOf(typed);
  if (digits === undefined) return undefined;
  const kind = short(digits);
  if (kind) return { number: digits, display: digits, destination: kind };
  // A zero before a mobile number is how long distance was dialled once.
  const plain = /^01[3-9]\d{9}$/.test(digits) ? digits.slice(1) : digits;
  const whole = localNumber.test(plain) ? `${areaCode}${plain}` : plain;
  const parsed = parsePhoneNumberFromString(whole, 'CN');
  if (parsed && parsed.countryCallingCode !== '86') {
    return { number: parsed.number, display: parsed.formatInternational(), destination: 'international' };
  }
  const known = parsed?.isValid() ? ofPlan(parsed, areaCode) : undefined;
  // An area code is dialled with its zero: without it the trunk would take the digits for something else.
  const asDialled = known && (known.number === whole || digits.startsWith('+'));
  if (known && asDialled) return known;
  const destination: Destination = digits.startsWith('+') ? 'international' : 'unknown';
  return { number: digits, display: digits, destination };
}
