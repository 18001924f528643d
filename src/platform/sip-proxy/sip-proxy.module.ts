import { Global, Module } from '@nestjs/common';
import { SipDoors } from './sip-doors.js';
import { SipProxy } from './sip-proxy.js';

@Global()
@Module({ providers: [SipDoors, SipProxy], exports: [SipDoors, SipProxy] })
export class SipProxyModule {}
