import { Injectable } from '@nestjs/common';
import { DataSource, MoreThanOrEqual } from 'typeorm';
import { callEntity } from './call.entity.js';

/** Whose call the exchange lost may call again this long and come first. */
const welcomeBackMs = 10 * 60_000;

/** Customers whose call was lost by a fault of the house, not by a person. */
@Injectable()
export class ReturningCallers {
  constructor(private readonly source: DataSource) {}

  /** True when the last call from this number was lost a short while ago. A withheld number is nobody's. */
  async isBack(fromNumber: string, at: number): Promise<boolean> {
    if (fromNumber === '' || fromNumber === 'anonymous') return false;
    const last = await this.source.getRepository(callEntity).findOne({
      where: { fromNumber, endedAt: MoreThanOrEqual(new Date(at - welcomeBackMs)) },
      order: { endedAt: 'DESC' },
    });
    return last?.outcome === 'lost';
  }
}
