import { chmod, chown, mkdir, rm } from 'node:fs/promises';
import { makeCertificate } from '../support/certificate.js';
import { House } from './house.js';

/** The account that the containers' own users have (deploy/Dockerfile, deploy/asterisk.Dockerfile). */
const user = 1000;

/** A machine as it was bought, and the house's certificate, which the tests' own processes trust from here on. */
export default async function prepare(): Promise<void> {
  const house = new House();
  await house.settle({});
  await house.down({ volumes: true });
  const folder = house.at('certificates');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const { cert, key } = await makeCertificate(folder, 'house', house.address);
  // As in a clone: what tests write is their own user's only.
  await chmod(folder, 0o755);
  for (const file of [cert, key]) await chown(file, user, user);
  process.env.NODE_EXTRA_CA_CERTS = cert;
}
