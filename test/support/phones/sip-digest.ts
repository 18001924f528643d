import { createHash, randomBytes } from 'node:crypto';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const field = (challenge: string, name: string) =>
  new RegExp(`${name}="?([^",]+)"?`, 'i').exec(challenge)?.[1] ?? '';

/** The answer to a digest challenge (RFC 2617 with qop=auth, MD5), as an Authorization value. */
export function digestAnswer(
  challenge: string,
  request: { method: string; uri: string; user: string; secret: string },
): string {
  const realm = field(challenge, 'realm');
  const nonce = field(challenge, 'nonce');
  const opaque = field(challenge, 'opaque');
  const cnonce = randomBytes(8).toString('hex');
  const a1 = md5(`${request.user}:${realm}:${request.secret}`);
  const a2 = md5(`${request.method}:${request.uri}`);
  const withQop = /qop="?[^"]*auth/i.test(challenge);
  const response = withQop
    ? md5(`${a1}:${nonce}:00000001:${cnonce}:auth:${a2}`)
    : md5(`${a1}:${nonce}:${a2}`);
  const parts = [
    `username="${request.user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${request.uri}"`,
    `response="${response}"`,
    'algorithm=MD5',
    ...(withQop ? ['qop=auth', 'nc=00000001', `cnonce="${cnonce}"`] : []),
    ...(opaque ? [`opaque="${opaque}"`] : []),
  ];
  return `Digest ${parts.join(', ')}`;
}
