import { hash, verify } from '@node-rs/argon2';

/** argon2id (the library's default) at OWASP's first choice of cost: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hash of nobody's password: checked for unknown logins so that they take as long as known ones. */
let nobody: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** True when the password fits; without a hash it takes as long and is false. */
export async function passwordFits(password: string, passwordHash: string | undefined): Promise<boolean> {
  nobody ??= hashPassword('nobody signs in with this');
  const fits = await verify(passwordHash ?? (await nobody), password);
  return fits && passwordHash !== undefined;
}
