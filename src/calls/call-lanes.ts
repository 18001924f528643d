import { Injectable } from '@nestjs/common';
import { Lanes } from '../kernel/lanes.js';

/** One lane for each call, by its id: whatever is done to a call is done in it. */
@Injectable()
export class CallLanes extends Lanes {}
