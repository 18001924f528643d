import { Module } from '@nestjs/common';
import { GuestStore } from './guest-store.js';
import { GuestsController } from './guests.controller.js';
import { Guests } from './guests.js';

/** Needs a `TelephonyEngine`, which the application provides for all. */
@Module({ controllers: [GuestsController], providers: [Guests, GuestStore] })
export class GuestsModule {}
