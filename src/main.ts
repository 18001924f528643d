import 'reflect-metadata';
import { createApp } from './create-app.js';
import { Config } from './platform/config/config.js';
import { exitOnUncaught, startOrExit } from './platform/process.js';
import { TelephonyModule } from './telephony/telephony.module.js';

exitOnUncaught();
await startOrExit(async () => {
  const app = await createApp(TelephonyModule);
  const { port, host } = app.get(Config);
  await app.listen(port, host);
});
