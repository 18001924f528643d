import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../identity/audit.js';
import { Announcements } from '../platform/announcements/announcements.js';
import type { Stranger } from '../telephony/port/engine-event.js';

interface Refused {
  /** Who is counted: at the trunk the address, at the softphones' door a session or a guest. */
  who: string;
  address: string;
  account: string;
  over: Stranger['over'];
  failures: number;
  /** How long they are shut out; 0: they are not. */
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
  refused({ who, address, account, over, failures, forMs }: Refused): void {
    const shut = forMs > 0 ? `shut out for ${forMs / 1_000} s` : 'not shut out';
    this.security.warn({
      msg: `telephony account refused from ${address} over ${over}: failure ${failures}, ${shut}`,
      account,
      ...(over === 'softphone' && { holder: who }),
    });
  }

  async attacked(attack: Refused & { at: number }): Promise<void> {
    const { at, who, address, account, over, failures, forMs } = attack;
    const subject = over === 'trunk' ? `address:${address}` : who;
    await this.audit.write({ login: account || 'unknown' }, 'edge.shut-out', subject, {
      failures,
      forMs,
      ...(over === 'softphone' && { address }),
    });
    this.announcements.announce({ kind: 'edge.attacked', at, address, account, failures });
  }
}
