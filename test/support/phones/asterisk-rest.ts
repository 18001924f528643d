import { z } from 'zod';

/** Where a test's Asterisk is, from the services' settings. */
export interface AsteriskAccess {
  ASTERISK_HTTP_URL: string;
  ASTERISK_ARI_USER: string;
  ASTERISK_ARI_PASSWORD: string;
}

/** Asks Asterisk itself, past the product: to look for what was left behind, and to make phones for tests. */
export async function askAsterisk(
  access: AsteriskAccess,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const basic = Buffer.from(`${access.ASTERISK_ARI_USER}:${access.ASTERISK_ARI_PASSWORD}`).toString('base64');
  const response = await fetch(new URL(`/ari/${path}`, access.ASTERISK_HTTP_URL), {
    method,
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/** Lets a provisioned device speak plain RTP in A-law, which a test phone can do without a browser. */
export async function allowPlainAudio(access: AsteriskAccess, deviceId: string): Promise<void> {
  const changes = {
    webrtc: 'no',
    use_avpf: 'no',
    ice_support: 'no',
    rtcp_mux: 'no',
    bundle: 'no',
    media_encryption: 'no',
    disallow: 'all',
    allow: 'alaw',
  };
  const fields = Object.entries(changes).map(([attribute, value]) => ({ attribute, value }));
  await askAsterisk(access, 'PUT', `asterisk/config/dynamic/res_pjsip/endpoint/${deviceId}`, { fields });
}

const held = { channel: 'channels', bridge: 'bridges', recording: 'recordings/stored' } as const;
type Held = keyof typeof held;
const heldSchema = z.array(z.object({ id: z.string().optional(), name: z.string() }));

async function list(access: AsteriskAccess, kind: Held) {
  return heldSchema.parse(await askAsterisk(access, 'GET', held[kind]));
}

/** Channels, bridges and stored recordings that exist, one line each. */
export async function whatAsteriskHolds(access: AsteriskAccess): Promise<string[]> {
  const lines: string[] = [];
  for (const kind of Object.keys(held) as Held[])
    for (const { name } of await list(access, kind)) lines.push(`${kind} ${name}`);
  return lines;
}

/** Ends and removes all of it. */
export async function clearAsterisk(access: AsteriskAccess): Promise<void> {
  for (const kind of Object.keys(held) as Held[])
    for (const { id, name } of await list(access, kind))
      await askAsterisk(access, 'DELETE', `${held[kind]}/${encodeURIComponent(id ?? name)}`);
}
