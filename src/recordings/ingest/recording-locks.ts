import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** The right to work on one recording. */
export interface RecordingLock {
  /** Throws when the right was lost meanwhile. */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

/**
 * One worker a recording, over all processes. The lock belongs to a database session of its own: it is let go the moment
 * its process dies, so that a restarted worker does not wait for a lease to run out.
 */
@Injectable()
export class RecordingLocks {
  private readonly logger = new Logger(RecordingLocks.name);

  constructor(private readonly source: DataSource) {}

  /** Takes the lock, or gives null when somebody works on the recording now. */
  async take(recordingId: string): Promise<RecordingLock | null> {
    const key = `recording:${recordingId}`;
    const session = this.source.createQueryRunner();
    try {
      const [row]: { taken: boolean }[] = await session.query(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
        [key],
      );
      if (!row?.taken) {
        await session.release();
        return null;
      }
    } catch (error) {
      await session.release();
      throw error;
    }
    return {
      confirm: async () => {
        await session.query('select 1');
      },
      release: async () => {
        try {
          await session.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]);
        } catch (error) {
          // The session was lost, and the lock with it.
          this.logger.warn({ msg: 'recording lock was lost', recordingId, err: error });
        } finally {
          await session.release();
        }
      },
    };
  }
}
