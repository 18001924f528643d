import { homeFrom } from '../../tools/services/home.mjs';
import { down } from '../../tools/services/services.mjs';
import { leave } from '../../tools/services/users.mjs';

/** Stops the servers unless another run still uses them, or SANLING_KEEP_SERVICES asks for a quick next run. */
export default async function stopServices() {
  const home = homeFrom();
  if (leave(home) === 0 && !process.env.SANLING_KEEP_SERVICES) await down({ home });
}
