import { Global, Module } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Config } from '../platform/config/config.js';
import { AsteriskEngine } from './asterisk/asterisk-engine.js';
import { SipEdge } from './edge/sip-edge.js';
import { EngineNodes } from './nodes/engine-nodes.js';
import { TelephonyEngine } from './port/engine.js';

/** The telephony engine for whoever injects `TelephonyEngine`. Its one user starts and stops the nodes. */
@Global()
@Module({
  providers: [
    {
      provide: TelephonyEngine,
      inject: [Config, Clock],
      useFactory: ({ asterisk }: Config, clock: Clock) => {
        const { nodes, edge, ...shared } = asterisk;
        return new EngineNodes(
          new Map(
            nodes.map((node) => [
              node.name,
              new AsteriskEngine({ ...shared, ...node, edge: edge?.sip }, clock),
            ]),
          ),
          edge && new SipEdge(edge),
        );
      },
    },
  ],
  exports: [TelephonyEngine],
})
export class TelephonyModule {}
