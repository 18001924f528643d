import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../identity/audit.js';
import { Announcements } from '../platform/announcements/announcements.js';
import type { Stranger } from '../telephony/port/engine-event.js';

interface Refused {
  address: string;
  account: string;
  over: Stranger['over'];
  failures: number;
  /** How long the address is shut out; 0: it is not. */
  forMs: number;
}

/** Says what the edge refused: each failure to the log, an attack to the audit and to whoever raises alarms. */
@Injectable()
export class EdgeReports {
  private readonly security = new Logger('Security');

  constructor(
    private readonly audit: Audit,
    private readonly announcements: Announcements,
  ) {}

  /** One line, for people and for programs such as fail2ban (docs/security.md); its words are a promise. */
  refused({ address, account, over, failures, forMs }: Refused): void {
    const shut = forMs > 0 ? `shut out for ${forMs / 1_000} s` : 'not shut out';
    this.security.warn({
      msg: `telephony account refused from ${address} over ${over}: failure ${failures}, ${shut}`,
      account,
    });
  }

  async attacked(attack: Omit<Refused, 'over'> & { at: number }): Promise<void> {
    const { at, address, account, failures, forMs } = attack;
    await this.audit.write({ login: account || 'unknown' }, 'edge.shut-out', `address:${address}`, {
      failures,
      forMs,
    });
    this.announcements.announce({ kind: 'edge.attacked', at, address, account, failures });
  }
}
