/** Somebody who is needed cannot be asked now: the person is told to try again. */
export abstract class Away extends Error {
  /** @param undone what was asked for was not done and will not be; false: nobody knows */
  constructor(
    message: string,
    readonly undone: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** It failed, and may be done all the same: now or later. */
export const mayBeDone = (error: unknown): boolean => error instanceof Away && !error.undone;
