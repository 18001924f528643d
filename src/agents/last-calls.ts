import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Standings } from '../identity/standings.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { PresenceService } from './presence.service.js';

/** Somebody who may handle no calls any more brings the one in course to its end: tells who is in one, and lets none follow. */
@Injectable()
export class LastCalls implements OnModuleInit {
  constructor(
    private readonly standings: Standings,
    private readonly presence: PresenceService,
    private readonly announcements: Announcements,
  ) {}

  onModuleInit(): void {
    this.standings.askAboutCalls((personId) => this.presence.inCall(personId));
    this.announcements.on('rights.changed', async ({ personId, standing }) => {
      if (standing?.finishing) await this.presence.finishes(personId);
    });
  }
}
