import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** PEM files. */
export interface Certificate {
  cert: string;
  key: string;
}

/** Makes a certificate that vouches for itself, for this name and this address, in an existing folder. */
export async function makeCertificate(
  folder: string,
  name: string,
  address = '127.0.0.1',
): Promise<Certificate> {
  const made = { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name},IP:${address}`],
    ...['-keyout', made.key, '-out', made.cert],
  ]);
  return made;
}
