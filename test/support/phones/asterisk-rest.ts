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

/** Channels, bridges and stored recordings that exist, one line each. */
export async function whatAsteriskHolds(access: AsteriskAccess): Promise<string[]> {
  const [channels, bridges, recordings] = (await Promise.all(
    ['channels', 'bridges', 'recordings/stored'].map((path) => askAsterisk(access, 'GET', path)),
  )) as [{ name: string }[], { name: string }[], { name: string }[]];
  return [
    ...channels.map(({ name }) => `channel ${name}`),
    ...bridges.map(({ name }) => `bridge ${name}`),
    ...recordings.map(({ name }) => `recording ${name}`),
  ];
}
