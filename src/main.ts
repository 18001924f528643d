import 'reflect-metadata';
import { createApp } from './create-app.js';
import { Config } from './platform/config/config.js';
import { exitOnUncaught, needFreePort, startOrExit } from './platform/process.js';
import { TelephonyModule } from './telephony/telephony.module.js';

exitOnUncaught();
await startOrExit(async () => {
  const config = Config.from(process.env);
  await needFreePort(config);
  const app = await createApp(TelephonyModule);
  await app.listen(config.port, config.host);
});
