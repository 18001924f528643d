import pg from 'pg';
import { type DataSource, QueryFailedError } from 'typeorm';
import { StoreAway } from '../../kernel/store-away.js';

/** SQLSTATE classes of a server that goes, comes or is full: connection exceptions, operator intervention, resources. */
const goingOrComing = /^(08|57P|53)/;

/** True for a failure that passes by itself when PostgreSQL is back; false for bugs. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof StoreAway) return true;
  if (!(error instanceof QueryFailedError)) return false;
  const cause: unknown = error.driverError;
  // What the server itself did not say came from a broken or silent connection.
  return !(cause instanceof pg.DatabaseError) || goingOrComing.test(cause.code ?? '');
}

/** From now on a connection that cannot be had is told as `StoreAway`, whichever of pg's many ways it failed in. */
export function tellAbsence(source: DataSource): DataSource {
  const { driver } = source;
  const obtain = driver.obtainMasterConnection.bind(driver);
  driver.obtainMasterConnection = async () => {
    try {
      return await obtain();
    } catch (error) {
      throw new StoreAway('PostgreSQL', error, true);
    }
  };
  return source;
}
