import { join } from 'node:path';
import { buildProduct } from '../../support/built.mjs';
import startServices from '../../support/global-setup.mjs';

/** Where the servers of the other suites are: never ours, since these suites kill them. */
const others = [
  'DATABASE_URL',
  'DATABASE_ADMIN_URL',
  'REDIS_URL',
  'ASTERISK_HTTP_URL',
  'ASTERISK_SIP_WS_URL',
  'ASTERISK_AMI_HOST',
  'ASTERISK_AMI_PORT',
  'ASTERISK_ARI_PASSWORD',
  'ASTERISK_AMI_PASSWORD',
  'ASTERISK_SPOOL',
  'ASTERISK_SOUNDS',
  'SIP_TRUNK_PORT',
  'SANLING_SECRET',
];

/** Starts servers that may be killed, in a home of their own inside the tests' home. */
export default async function startServersToKill() {
  for (const name of others) delete process.env[name];
  process.env.SANLING_HOME = join(process.env.SANLING_HOME || '.runtime/test', 'faults');
  await startServices();
  await buildProduct();
}
