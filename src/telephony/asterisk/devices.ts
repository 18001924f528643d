import { z } from 'zod';
import type { Clock } from '../../kernel/clock.js';
import type { DeviceAccount } from '../port/engine.js';
import type { AriClient } from './ari-client.js';
import { ariPath } from './ari-request.js';
import { ariEndpointSchema } from './ari-schema.js';
import { checkId } from './ids.js';
import { accountCodeOf } from './leg-record.js';

export type Fields = readonly (readonly [attribute: string, value: string])[];

/** Opus first: it bears the packet loss of a wireless network, A-law does not. */
export const deviceCodecs = 'opus,alaw,ulaw';

/** The kinds of object that make up an account. A device can be called once its endpoint is there, so that comes last. */
const kinds = ['auth', 'aor', 'endpoint'] as const;

/** Those who may dial are counted on their way into the application (asterisk/extensions.conf). */
const guestContext = 'sanling-guest';

/** A browser that vanished without a word stops sending audio; its leg ends after this long. */
const audioTimeoutSeconds = 30;

/** Asterisk forgets the registrations of an AOR that was removed a moment after it said so. */
const forgotten = { lookEveryMs: 20, mostLooks: 50 };

/**
 * Softphone accounts, kept in Asterisk's memory and changed while it runs. What a device may dial
 * travels with its endpoint, so that it holds when we restart during its life.
 */
export class Devices {
  constructor(
    private readonly ari: Pick<AriClient, 'command' | 'get'>,
    private readonly clock: Clock,
    private readonly app: string,
  ) {}

  async provision(account: DeviceAccount): Promise<void> {
    const id = checkId(account.deviceId);
    const fields = {
      auth: authFields(account),
      aor: aorFields(),
      endpoint: endpointFields(account, this.app),
    };
    for (const kind of kinds) await this.put(kind, id, fields[kind]);
  }

  /**
   * The AOR goes first and takes its registrations along: Asterisk notes that on the endpoint a moment later, and only while
   * there is one.
   */
  async revoke(deviceId: string): Promise<void> {
    const id = checkId(deviceId);
    await this.remove('aor', id);
    for (let looks = 0; looks < forgotten.mostLooks && (await this.isOnline(id)); looks += 1)
      await this.moment();
    await this.remove('endpoint', id);
    await this.remove('auth', id);
  }

  /** A device without an account is not, whatever is still known of its last registration. */
  async reachable(deviceId: string): Promise<boolean> {
    if (!(await this.isOnline(deviceId))) return false;
    return (
      (await this.ari.get(objectPath('endpoint', checkId(deviceId)), z.array(z.unknown()))) !== undefined
    );
  }

  private async isOnline(deviceId: string): Promise<boolean> {
    const endpoint = await this.ari.get(ariPath('endpoints', 'PJSIP', checkId(deviceId)), ariEndpointSchema);
    return endpoint?.state === 'online';
  }

  private async remove(kind: (typeof kinds)[number], id: string): Promise<void> {
    await this.ari.command({ method: 'DELETE', path: objectPath(kind, id) }, [404]);
  }

  private moment(): Promise<void> {
    return new Promise((passed) => {
      this.clock.at(this.clock.now() + forgotten.lookEveryMs, passed);
    });
  }

  private async put(kind: string, id: string, fields: Fields): Promise<void> {
    const body = { fields: fields.map(([attribute, value]) => ({ attribute, value })) };
    await this.ari.command({ method: 'PUT', path: objectPath(kind, id), body });
  }
}

function objectPath(kind: string, id: string): string {
  return ariPath('asterisk', 'config', 'dynamic', 'res_pjsip', kind, id);
}

function authFields({ deviceId, secret }: DeviceAccount): Fields {
  return [
    ['auth_type', 'userpass'],
    ['username', deviceId],
    ['password', secret],
  ];
}

function aorFields(): Fields {
  return [
    // The newest tab wins.
    ['max_contacts', '1'],
    ['remove_existing', 'yes'],
    ['minimum_expiration', '30'],
    ['maximum_expiration', '600'],
    // Asks now and then whether the tab still answers: a frozen one looks registered for minutes.
    ['qualify_frequency', '20'],
    ['qualify_timeout', '4.0'],
  ];
}

function endpointFields({ deviceId, displayName, mayDial }: DeviceAccount, app: string): Fields {
  for (const number of mayDial) checkId(number);
  return [
    ['auth', deviceId],
    ['aors', deviceId],
    ['identify_by', 'username,auth_username'],
    ['callerid', `"${quotable(displayName)}" <${deviceId}>`],
    ...(mayDial.length > 0 ? browserFields(guestContext) : agentFields(app)),
    ['device_state_busy_at', '1'],
    ['accountcode', accountCodeOf(mayDial)],
  ];
}

/** How an agent's browser is spoken to, wherever it is registered. */
export function agentFields(app: string): Fields {
  // A context of this name leads into the application without a dialplan.
  return browserFields(`stasis-${app}`);
}

function browserFields(context: string): Fields {
  return [
    ['context', context],
    // Asterisk would put its machine's name there, which SIP.js cannot read where it begins with a digit.
    ['from_domain', 'sanling'],
    ['disallow', 'all'],
    ['allow', deviceCodecs],
    ['webrtc', 'yes'],
    ['max_video_streams', '0'],
    ['dtmf_mode', 'rfc4733'],
    ['direct_media', 'no'],
    ['rtp_symmetric', 'yes'],
    ['force_rport', 'yes'],
    ['rewrite_contact', 'yes'],
    ['allow_transfer', 'no'],
    ['allow_subscribe', 'no'],
    ['rtp_timeout', String(audioTimeoutSeconds)],
    ['rtp_timeout_hold', String(audioTimeoutSeconds)],
  ];
}

/** A display name as it may stand between quotation marks in a SIP header. */
export function quotable(name: string): string {
  return name.replace(/["\\<>\r\n]/g, ' ').trim();
}
