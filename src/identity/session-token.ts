import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';

export const sessionCookie = 'sanling_session';

const randomLength = 24;
const sealLength = 8;

/**
 * 192 bits nobody can guess, and a seal: whoever shows a token that we did not make is told so without a look into the
 * database.
 */
export function newToken(secret: string): string {
  const random = randomBytes(randomLength);
  return Buffer.concat([random, sealOf(random, secret)]).toString('base64url');
}

function isOurs(token: string, secret: string): boolean {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== randomLength + sealLength) return false;
  return timingSafeEqual(bytes.subarray(randomLength), sealOf(bytes.subarray(0, randomLength), secret));
}

function sealOf(random: Buffer, secret: string): Buffer {
  return createHmac('sha256', secret).update('session seal').update(random).digest().subarray(0, sealLength);
}

/** What is stored of a token: of no use to whoever reads the database. */
export function tokenHash(token: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(token).digest();
}

/** The token in a `Cookie` header, if we made it. */
export function tokenIn(cookieHeader: string | undefined, secret: string): string | undefined {
  const token = cookieHeader === undefined ? undefined : parseCookie(cookieHeader)[sessionCookie];
  return token !== undefined && isOurs(token, secret) ? token : undefined;
}

/** The `Set-Cookie` header that hands out a token, or takes it back (`null`). */
export function setCookie(token: string | null, endsAt: Date, secure: boolean): string {
  return stringifySetCookie({
    name: sessionCookie,
    value: token ?? '',
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure,
    expires: token === null ? new Date(0) : endsAt,
  });
}
