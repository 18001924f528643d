import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { TrialCheckout } from '../support/trial-checkout.js';

describe('npm run doctor', () => {
  let trial: TrialCheckout;
  beforeEach(async () => {
    trial = await TrialCheckout.make();
  });
  afterEach(() => trial.remove());

  it('tells every version and port when nothing is missing', async () => {
    const doctor = trial.launch('doctor.mjs');
    expect(await doctor.ended()).toBe(0);
    expect(doctor.out).toContain(`Node               ${process.versions.node}`);
    expect(doctor.out).toMatch(/PostgreSQL +1\d\.\d+/);
    expect(doctor.out).toMatch(/Asterisk +2\d\.\d+/);
    expect(doctor.out).toMatch(new RegExp(`web port +127.0.0.1:${trial.port} is free`));
    expect(doctor.out).toMatch(new RegExp(`SIP trunk port +UDP ${trial.trunkPort} is free`));
    expect(doctor.out).not.toContain('MISSING');
  });

  it('says what mends a busy port, and fails', async () => {
    const other = createServer().listen(trial.port, '127.0.0.1');
    await eventually(() => other.listening);
    const doctor = trial.launch('doctor.mjs');
    expect(await doctor.ended()).toBe(1);
    other.close();
    expect(doctor.out).toContain(`in use by another program\n        -> PORT=${trial.port + 1} npm start`);
  });

  it('says what mends packages that were not installed and servers that cannot be had', async () => {
    trial.removeFile('node_modules');
    const doctor = trial.launch('doctor.mjs', [], {
      PATH: '/nowhere',
      XDG_CACHE_HOME: `${trial.root}/cache`,
    });
    expect(await doctor.ended()).toBe(1);
    expect(doctor.out).toMatch(/MISSING packages .*\n +-> npm install/);
    expect(doctor.out).toMatch(/MISSING PostgreSQL .*\n +-> npm install/);
    expect(doctor.out).toMatch(/MISSING Asterisk .*\n +-> Install asterisk/);
  });
});
