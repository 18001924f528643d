import type { EntityManager } from 'typeorm';

/** A transaction (or the plain connection) that a service works in; handed down by the caller that opened it. */
export type Db = EntityManager;
