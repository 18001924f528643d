import { growingWaitMs } from '../../kernel/growing-wait.js';

/**
 * Where somebody signs in. Known: they have signed in at this very device before, which its cookie proves. A device's
 * failures are its own; at unknown places they count for the login there, for the login anywhere, and for the address.
 */
export type Place = { known: true; device: string } | { known: false; address: string };

export interface GuessingLimits {
  /** Failures that cost nothing: of a login at one place, of a login at all unknown places, of an address. */
  readonly tries: number;
  readonly triesPerLogin: number;
  readonly triesPerAddress: number;
  readonly longestWaitMs: number;
}

/** One count of failures. */
export interface Tally {
  readonly key: string;
  readonly free: number;
  /**
   * Whoever is over it is told to wait before the password is looked at. Over the address' only the answer to a wrong
   * password changes: behind one address there may be a whole office, and who has the right password is none who guesses.
   */
  readonly shuts: boolean;
}

const firstWaitMs = 4_000;

/** What an attempt counts for. */
export function talliesOf(login: string, place: Place, limits: GuessingLimits): Tally[] {
  const { tries, triesPerLogin, triesPerAddress } = limits;
  if (place.known) return [{ key: `device:${place.device}|${login}`, free: tries, shuts: true }];
  return [
    { key: `pair:${place.address}|${login}`, free: tries, shuts: true },
    { key: `login:${login}`, free: triesPerLogin, shuts: true },
    { key: `address:${place.address}`, free: triesPerAddress, shuts: false },
  ];
}

/** The waits that follow the last free failure and each one after it, until they grow no more. */
export function waitLadder({ longestWaitMs }: GuessingLimits): number[] {
  const rule = { free: 0, firstMs: firstWaitMs, longestMs: longestWaitMs };
  const ladder: number[] = [];
  do ladder.push(growingWaitMs(ladder.length + 1, rule));
  while ((ladder.at(-1) ?? 0) < longestWaitMs);
  return ladder;
}

/** Failures are forgotten when so long none was added; never before the longest wait is over. */
export const rememberedMs = ({ longestWaitMs }: GuessingLimits): number =>
  Math.max(15 * 60_000, longestWaitMs);
