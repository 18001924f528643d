import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Announcements } from '../platform/announcements/announcements.js';
import { Realtime } from '../platform/realtime/realtime.js';

/** Tells the agent's open tabs that a score was submitted. */
@Injectable()
export class ResultPublisher implements OnModuleInit {
  constructor(
    private readonly announcements: Announcements,
    private readonly realtime: Realtime,
  ) {}

  onModuleInit(): void {
    this.announcements.on('evaluation.submitted', ({ evaluationId, agentId }) =>
      this.realtime.toPerson(agentId, 'result.published', { evaluationId }),
    );
  }
}
