import type { AriClient } from './ari-client.js';
import { ariPath } from './ari-request.js';
import { agentFields, type Fields } from './devices.js';

/** The name of the endpoint by which agents are rung through the edge. */
export const edgeEndpoint = 'edge';

/** Makes the endpoint: in memory like the devices, so it is made anew whenever the link opens. */
export async function makeEdgeEndpoint(ari: AriClient, app: string, edge: string): Promise<void> {
  const fields: Fields = [
    ...agentFields(app),
    ['transport', 'transport-trunk'],
    ['outbound_proxy', `sip:${edge};lr`],
  ];
  const body = { fields: fields.map(([attribute, value]) => ({ attribute, value })) };
  const path = ariPath('asterisk', 'config', 'dynamic', 'res_pjsip', 'endpoint', edgeEndpoint);
  await ari.command({ method: 'PUT', path, body });
}

/** What is dialled to ring an agent's device. */
export function dialOf(deviceId: string, edge: string | undefined): string {
  return edge === undefined ? `PJSIP/${deviceId}` : `PJSIP/${edgeEndpoint}/sip:${deviceId}@sanling`;
}
