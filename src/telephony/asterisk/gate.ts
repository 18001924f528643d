import { isIP } from 'node:net';
import type { AriHttp } from './ari-http.js';
import { ariPath } from './ari-request.js';

/** Addresses that Asterisk answers with 403 whatever they send, kept in its memory and changed while it runs. */
export class Gate {
  constructor(private readonly ari: AriHttp) {}

  async shutOut(address: string): Promise<void> {
    const body = { fields: [{ attribute: 'deny', value: checked(address) }] };
    // 500: Asterisk has made the list, but cannot show it.
    await this.ari.command({ method: 'PUT', path: listPath(address), body }, [500]);
  }

  async letIn(address: string): Promise<void> {
    await this.ari.command({ method: 'DELETE', path: listPath(address) }, [404]);
  }
}

/** A list with anything else than an address in it would make Asterisk refuse everybody. */
function checked(address: string): string {
  if (isIP(address) === 0) throw new Error(`not an address: ${JSON.stringify(address)}`);
  return address;
}

function listPath(address: string): string {
  const name = `shut-out-${checked(address).replaceAll(':', '_')}`;
  return ariPath('asterisk', 'config', 'dynamic', 'res_pjsip', 'acl', name);
}
