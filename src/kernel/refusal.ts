import type { RefusalCode } from '../contracts/refusal.js';

const refusalMark = Symbol('refusal');

/** An expected "no": a value, never thrown between services. Edges turn it into an HTTP or socket answer. */
export interface Refusal {
  readonly [refusalMark]: true;
  readonly code: RefusalCode;
  /** Facts for the text shown to the person; never secrets. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Makes a refusal: `return refuse('call.not-allowed-now', { state })`. */
export function refuse(code: RefusalCode, details: Record<string, unknown> = {}): Refusal {
  return { [refusalMark]: true, code, details };
}

/** Tells a refusal from a result. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && refusalMark in value;
}

/** Carries a refusal through code that can only throw (guards, pipes). The edge filter unwraps it. */
export class RefusalError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
    this.name = 'RefusalError';
  }
}

/** For places that cannot return a refusal: throws it as a `RefusalError`, else hands the result on. */
export function orThrow<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new RefusalError(value);
  return value;
}
