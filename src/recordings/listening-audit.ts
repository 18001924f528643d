import { Injectable } from '@nestjs/common';
import { Audit } from '../identity/audit.js';
import type { Actor } from '../kernel/actor.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';

/** A pause longer than this makes it another listening. */
const pauseMs = 30 * 60_000;

/**
 * Notes who listened to what. A player asks for a recording in many ranges: one entry a session and recording, until the
 * person has been away from it for a while. When it cannot be noted there is nothing to hear.
 */
@Injectable()
export class ListeningAudit {
  constructor(
    private readonly redis: RedisConnections,
    private readonly audit: Audit,
  ) {}

  async listened(actor: Actor, recordingId: string, callId: string): Promise<void> {
    const key = `listening:${actor.sessionId}:${recordingId}`;
    const first = await this.redis.shared.set(key, '1', 'PX', pauseMs, 'NX');
    if (!first) {
      await this.redis.shared.pexpire(key, pauseMs);
      return;
    }
    try {
      await this.audit.write(actor, 'recording.listened', `recording:${recordingId}`, { callId });
    } catch (error) {
      await this.redis.shared.del(key);
      throw error;
    }
  }
}
