import { Global, Module } from '@nestjs/common';
import { Peers } from './peers.js';

@Global()
@Module({ providers: [Peers], exports: [Peers] })
export class PeersModule {}
