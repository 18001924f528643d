import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SipDoors } from '../platform/sip-proxy/sip-doors.js';
import { DeviceStore } from './device-store.js';

/** Tells the signalling proxy whose account a softphone's is: the session's that it was made for. */
@Injectable()
export class DeviceOwnership implements OnModuleInit {
  constructor(
    private readonly doors: SipDoors,
    private readonly store: DeviceStore,
  ) {}

  onModuleInit(): void {
    this.doors.addOwner(async (holder, account) => {
      const devices = await this.store.all();
      return devices.some(
        ({ device }) => device.deviceId === account && `session:${device.sessionId}` === holder,
      );
    });
  }
}
