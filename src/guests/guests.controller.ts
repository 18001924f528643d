import { Controller, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { type GuestAccount, guestAccountSchema } from '../contracts/softphone.js';
import type { Refusal } from '../kernel/refusal.js';
import { Route } from '../platform/http/route.decorator.js';
import { Guests } from './guests.js';

@Controller('guest')
export class GuestsController {
  constructor(private readonly guests: Guests) {}

  @Post()
  @Route({
    summary: 'An account for the web phone page: calls the service number, for half an hour',
    answer: guestAccountSchema,
    open: true,
  })
  async open(@Req() request: Request): Promise<GuestAccount | Refusal> {
    return this.guests.open(request.ip ?? 'unknown');
  }
}
