import { randomBytes } from 'node:crypto';
import { HttpException, Injectable, Logger } from '@nestjs/common';
import { type RefusalBody, type RefusalCode, refusalCodes } from '../../contracts/refusal.js';
import { type Refusal, RefusalError, refuse } from '../../kernel/refusal.js';

/** The class of an expected error that a lower layer throws. */
type ErrorClass = abstract new (...args: never[]) => Error;
type Recognised = (error: unknown) => boolean;

/** What the web framework or a body parser throws, by status. */
const byStatus: Readonly<Record<number, RefusalCode>> = {
  400: 'request.malformed',
  401: 'session.none',
  403: 'permission.denied',
  404: 'request.not-found',
  405: 'request.not-found',
  413: 'request.too-large',
  415: 'request.malformed',
  429: 'request.too-many',
};

/** Turns whatever went wrong at an edge (REST, socket) into what the client is told; logs what is nobody's expected "no". */
@Injectable()
export class Faults {
  private readonly logger = new Logger(Faults.name);
  private readonly known: { is: Recognised; code: RefusalCode }[] = [];

  /** From now on `error` is an expected refusal: told by `code`, without a log line. */
  expect(error: ErrorClass, code: RefusalCode): void {
    this.expectWhere((candidate) => candidate instanceof error, code);
  }

  /** As `expect`, for errors that are not told by their class alone. */
  expectWhere(is: Recognised, code: RefusalCode): void {
    this.known.push({ is, code });
  }

  /** The answer for `error`, with a reference into the log when it is a bug. `where` names the request for the log. */
  answer(error: unknown, where: string): { status: number; body: RefusalBody } {
    const refusal = this.refusalOf(error);
    if (refusal) return answerOf(refusal);
    const reference = randomBytes(5).toString('hex');
    this.logger.error({ msg: 'internal fault', where, reference, err: error });
    return { status: 500, body: { code: 'service.unavailable', details: {}, reference } };
  }

  private refusalOf(error: unknown): Refusal | undefined {
    if (error instanceof RefusalError) return error.refusal;
    const known = this.known.find(({ is }) => is(error));
    if (known) return refuse(known.code);
    const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
    const code = status === undefined ? undefined : byStatus[status];
    return code && refuse(code);
  }
}

function answerOf(refusal: Refusal): { status: number; body: RefusalBody } {
  return {
    status: refusalCodes[refusal.code],
    body: { code: refusal.code, details: { ...refusal.details } },
  };
}

/** Errors of Express' parsers carry a status and a type of their own. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error) || !('type' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}
