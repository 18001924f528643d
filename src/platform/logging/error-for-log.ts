import pg from 'pg';
import { QueryFailedError } from 'typeorm';

/** What a log line holds of an error. */
interface LoggedError {
  type: string;
  message: string;
  stack: string;
  cause?: LoggedError;
  errors?: LoggedError[];
  [detail: string]: unknown;
}

const deepest = 4;

/**
 * An error as it may stand in a log. Nothing that was sent to the database or came from it is in it: parameters and the
 * server's details hold what customers are called and what they said. Of other errors' own properties only flat ones.
 */
export function errorForLog(error: unknown, depth = 0): unknown {
  return error instanceof Error ? logged(error, depth) : error;
}

function logged(error: Error, depth: number): LoggedError {
  const { message, details } = partsOf(error);
  const inner = (one: unknown) =>
    one instanceof Error && depth < deepest ? logged(one, depth + 1) : undefined;
  const cause = error instanceof QueryFailedError ? undefined : inner(error.cause);
  const errors =
    error instanceof AggregateError
      ? error.errors.slice(0, 10).flatMap((one: unknown) => inner(one) ?? [])
      : undefined;
  return {
    ...details,
    type: error.constructor.name,
    message,
    stack: `${error.name}: ${message}\n${framesOf(error)}`,
    ...(cause && { cause }),
    ...(errors && { errors }),
  };
}

function partsOf(error: Error): { message: string; details: Record<string, unknown> } {
  const told = error instanceof QueryFailedError ? error.driverError : error;
  const query = error instanceof QueryFailedError ? { query: error.query } : {};
  if (told instanceof pg.DatabaseError) {
    const { code, schema, table, column, constraint, routine } = told;
    const details = { ...query, code, schema, table, column, constraint, routine };
    return { message: withoutValues(told), details };
  }
  if (error instanceof QueryFailedError) return { message: error.message, details: query };
  return { message: error.message, details: flatPropertiesOf(error) };
}

/** Errors about data quote the data; others quote names of tables and constraints. */
function withoutValues({ code, message }: pg.DatabaseError): string {
  return code?.startsWith('22') ? message.replace(/".*"|: .*$/s, ' […]') : message;
}

function flatPropertiesOf(error: Error): Record<string, unknown> {
  const flat = Object.entries(error).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return Object.fromEntries(flat);
}

/** The stack without its first lines, which are the message. */
function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
