import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { EngineUnavailable, TelephonyEngine } from '../telephony/port/engine.js';
import type { Device } from './domain/device.js';

/** The softphones' accounts at the telephony engine. An engine that is away gets them when it is back. */
@Injectable()
export class DeviceAccounts {
  private readonly logger = new Logger(DeviceAccounts.name);

  constructor(private readonly engine: TelephonyEngine) {}

  /** A new account's name and secret (192 bits). */
  make(agentNumber: string): { deviceId: string; secret: string } {
    return {
      deviceId: `agent-${agentNumber}-${randomBytes(6).toString('hex')}`,
      secret: randomBytes(24).toString('base64url'),
    };
  }

  async push({ deviceId, secret, displayName }: Device): Promise<void> {
    await this.unlessAway(
      this.engine.provisionDevice({ deviceId, secret, displayName, mayDial: [] }),
      undefined,
    );
  }

  async revoke(deviceId: string): Promise<void> {
    await this.unlessAway(this.engine.revokeDevice(deviceId), undefined);
  }

  /** True when the engine can ring it; false too while the engine is away. */
  async reachable(deviceId: string): Promise<boolean> {
    return this.unlessAway(this.engine.deviceReachable(deviceId), false);
  }

  /** Calls back each time the engine (re)connected. */
  onConnected(listener: () => void): () => void {
    return this.engine.onEvent((event) => {
      if (event.kind === 'engine.connected') listener();
    });
  }

  private async unlessAway<T>(asked: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      this.logger.warn({ msg: 'softphone accounts wait for the telephony engine', err: error });
      return otherwise;
    }
  }
}
