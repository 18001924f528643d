import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';

export const deviceCookie = 'sanling_device';

/** `device.mark.mark…`: who signed in at it before, newest first. Desks are shared, so there are several. */
const form = /^[\w-]{22}(\.[\w-]{22}){1,12}$/;
const mostMarks = 12;
const keptSeconds = 180 * 86_400;

/** The device, when this login has signed in at it before; undefined: a place that we do not know. */
export function knownDevice(
  cookieHeader: string | undefined,
  login: string,
  secret: string,
): string | undefined {
  const { device, marks } = read(cookieHeader);
  if (device === undefined) return undefined;
  const wanted = Buffer.from(markOf(device, login, secret));
  return marks.some((mark) => timingSafeEqual(Buffer.from(mark), wanted)) ? device : undefined;
}

/** The `Set-Cookie` header after this login has signed in: the device is known for it from now on. */
export function rememberDevice(
  cookieHeader: string | undefined,
  login: string,
  secret: string,
  secure: boolean,
): string {
  const { device = randomBytes(16).toString('base64url'), marks } = read(cookieHeader);
  const mark = markOf(device, login, secret);
  const kept = [mark, ...marks.filter((other) => other !== mark)].slice(0, mostMarks);
  return stringifySetCookie({
    name: deviceCookie,
    value: [device, ...kept].join('.'),
    httpOnly: true,
    sameSite: 'strict',
    path: '/api/session',
    secure,
    maxAge: keptSeconds,
  });
}

function read(cookieHeader: string | undefined): { device?: string; marks: string[] } {
  const value = cookieHeader === undefined ? undefined : parseCookie(cookieHeader)[deviceCookie];
  if (value === undefined || !form.test(value)) return { marks: [] };
  const [device = '', ...marks] = value.split('.');
  return { device, marks };
}

function markOf(device: string, login: string, secret: string): string {
  const made = createHmac('sha256', secret).update(`device mark\0${device}\0${login}`).digest();
  return made.subarray(0, 16).toString('base64url');
}
