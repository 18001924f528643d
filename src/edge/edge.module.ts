import { Module } from '@nestjs/common';
import { EdgeReports } from './edge-reports.js';
import { EdgeWatch } from './edge-watch.js';
import { ShutOuts } from './shut-outs.js';
import { StrangerLedger } from './stranger-ledger.js';

/** Keeps the telephony's edge closed. Needs a `TelephonyEngine`, which the application provides for all. */
@Module({ providers: [StrangerLedger, ShutOuts, EdgeReports, EdgeWatch] })
export class EdgeModule {}
