import { Injectable } from '@nestjs/common';
import type { QueueStatus } from '../contracts/floor.js';
import type { Presence } from '../contracts/presence.js';
import { QueuesService } from '../routing/queues.service.js';
import { Router } from '../routing/router.service.js';
import { noCalls, QueueFigures } from './queue-figures.js';

/** How each queue stands: who waits, who is ready for it, and its figures of the day. */
@Injectable()
export class QueueStatuses {
  constructor(
    private readonly queues: QueuesService,
    private readonly router: Router,
    private readonly figures: QueueFigures,
  ) {}

  /** `agents`: the house's presences at the same moment. */
  async read(agents: readonly Presence[]): Promise<QueueStatus[]> {
    const [queues, members, figures] = await Promise.all([
      this.queues.all(),
      this.queues.members(),
      this.figures.today(),
    ]);
    const ready = new Set(
      agents
        .filter(({ state, deviceReady }) => state === 'ready' && deviceReady)
        .map(({ agentId }) => agentId),
    );
    return Promise.all(
      queues.map(async ({ id, name }) => {
        const waiting = await this.router.waiting(id);
        const longest = waiting.length > 0 ? Math.min(...waiting.map(({ since }) => since)) : null;
        return {
          id,
          name,
          waiting: waiting.length,
          longestSince: longest === null ? null : new Date(longest).toISOString(),
          agentsReady: (members.get(id) ?? []).filter((agentId) => ready.has(agentId)).length,
          today: figures.get(id) ?? noCalls,
        };
      }),
    );
  }
}
