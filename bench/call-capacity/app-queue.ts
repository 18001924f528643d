import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askAsterisk } from '../../test/support/phones/asterisk-rest.js';
import type { Services } from '../../test/support/services.js';
import { agentsAt } from './load.js';

const caller = 'bench-caller';
export const appQueue = { dialled: '7000', from: caller };

/**
 * The same exchange as a plain queue: Asterisk's own app_queue with as many members, and two-channel recording as ours
 * has. It is put beside the product's configuration for the benchmark; the next start of the servers writes that anew.
 */
export async function openAppQueue(services: Services, members: number): Promise<void> {
  const etc = join(services.SANLING_HOME, 'asterisk/etc');
  const names = Array.from({ length: members }, (_, n) => `bench-agent-${n}`);
  await writeFile(
    join(etc, 'queues.conf'),
    `[general]\npersistentmembers = no\n\n[bench]\nstrategy = rrmemory\ntimeout = 15\nretry = 1\nwrapuptime = 0\nringinuse = no\nautofill = yes\n${names.map((name) => `member => PJSIP/${name}\n`).join('')}`,
  );
  const dialplan = join(etc, 'extensions.conf');
  if (!(await readFile(dialplan, 'utf8')).includes('[bench-queue]'))
    await appendFile(
      dialplan,
      `\n[bench-queue]\nexten => ${appQueue.dialled},1,Answer()\nsame => n,MixMonitor(bench-\${UNIQUEID}.wav,nr(${services.ASTERISK_SPOOL}/monitor/bench-\${UNIQUEID}-r.wav)t(${services.ASTERISK_SPOOL}/monitor/bench-\${UNIQUEID}-t.wav))\nsame => n,Queue(bench)\n`,
    );
  await askAsterisk(services, 'PUT', 'asterisk/modules/pbx_config.so');
  const common = {
    disallow: 'all',
    allow: 'alaw',
    direct_media: 'no',
    rtp_symmetric: 'yes',
    transport: 'transport-trunk',
  };
  await push(services, 'endpoint', caller, { ...common, context: 'bench-queue' });
  for (const name of names) {
    const contact = `sip:${name}@${agentsAt.host}:${agentsAt.port}`;
    await push(services, 'aor', name, { contact, qualify_frequency: '0' });
    await push(services, 'endpoint', name, { ...common, aors: name, device_state_busy_at: '1' });
  }
  await askAsterisk(services, 'POST', 'asterisk/modules/app_queue.so');
}

export async function push(
  services: Services,
  kind: string,
  id: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const fields = Object.entries(values).map(([attribute, value]) => ({ attribute, value }));
  await askAsterisk(services, 'PUT', `asterisk/config/dynamic/res_pjsip/${kind}/${id}`, { fields });
}
