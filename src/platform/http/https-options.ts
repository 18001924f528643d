import { readFileSync } from 'node:fs';
import { type Config, ConfigError } from '../config/config.js';

/** As long as a request's head may take. */
const handshakeWithinMs = 10_000;

/** What a server needs to speak TLS (1.2 and later, Node's default) with the certificate of the settings. Throws `ConfigError`. */
export function httpsOptions({ certFile, keyFile }: NonNullable<Config['tls']>): {
  cert: Buffer;
  key: Buffer;
  handshakeTimeout: number;
} {
  return {
    handshakeTimeout: handshakeWithinMs,
    cert: readOrSay('SANLING_TLS_CERT', certFile),
    key: readOrSay('SANLING_TLS_KEY', keyFile),
  };
}

function readOrSay(setting: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const whose = code === 'EACCES' ? `, by the user that the server runs as: ${process.getuid?.()}` : '';
    throw new ConfigError(`${setting}: ${path} cannot be read (${code}${whose})`);
  }
}
