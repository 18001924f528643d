import { createHmac, randomBytes } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';

export const sessionCookie = 'sanling_session';

/** 256 bits nobody can guess. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token: of no use to whoever reads the database. */
export function tokenHash(token: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(token).digest();
}

/** The token in a `Cookie` header. */
export function tokenIn(cookieHeader: string | undefined): string | undefined {
  return cookieHeader === undefined ? undefined : parseCookie(cookieHeader)[sessionCookie];
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
