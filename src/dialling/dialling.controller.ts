import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import {
  type CheckedNumber,
  checkedNumberSchema,
  type DiallingChange,
  type DiallingVersion,
  diallingChangeSchema,
  diallingVersionSchema,
  numberCheckSchema,
  type PhoneBookEntry,
  type PhoneBookWish,
  phoneBookEntrySchema,
  phoneBookWishSchema,
} from '../contracts/dialling.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import type { Refusal } from '../kernel/refusal.js';
import { parsed } from '../platform/http/parse.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { Dialling } from './dialling.js';
import { PhoneBook } from './phone-book.js';

@Controller()
export class DiallingController {
  constructor(
    private readonly dialling: Dialling,
    private readonly book: PhoneBook,
  ) {}

  @Get('dialling')
  @Route({
    summary: 'Who may dial what: the rules in force',
    answer: diallingVersionSchema,
    permission: 'dialling.read',
  })
  async current(@CurrentActor() actor: Actor): Promise<DiallingVersion | Refusal> {
    return denyUnless(actor, 'dialling.read') ?? (await this.dialling.current());
  }

  @Put('dialling')
  @Route({
    summary: 'Changes the rules for calls from now on',
    body: diallingChangeSchema,
    answer: diallingVersionSchema,
    permission: 'dialling.write',
  })
  change(
    @CurrentActor() actor: Actor,
    @Body(parsed(diallingChangeSchema)) change: DiallingChange,
  ): Promise<DiallingVersion | Refusal> {
    return this.dialling.change(actor, change);
  }

  @Post('dialling/check')
  @Route({
    summary: 'What a typed number is, and whether the one who asks may dial it',
    body: numberCheckSchema,
    answer: checkedNumberSchema,
    permission: 'dialling.read',
  })
  check(
    @CurrentActor() actor: Actor,
    @Body(parsed(numberCheckSchema)) { number }: { number: string },
  ): Promise<CheckedNumber | Refusal> {
    return this.dialling.check(actor, number);
  }

  @Get('phone-book')
  @Route({
    summary: 'Departments and partners that customers are put through to',
    answer: z.array(phoneBookEntrySchema),
    permission: 'dialling.read',
  })
  entries(@CurrentActor() actor: Actor): Promise<PhoneBookEntry[] | Refusal> {
    return this.book.list(actor);
  }

  @Post('phone-book')
  @Route({
    summary: 'Adds an entry',
    body: phoneBookWishSchema,
    answer: phoneBookEntrySchema,
    permission: 'dialling.write',
  })
  add(
    @CurrentActor() actor: Actor,
    @Body(parsed(phoneBookWishSchema)) wish: PhoneBookWish,
  ): Promise<PhoneBookEntry | Refusal> {
    return this.book.write(actor, wish);
  }

  @Put('phone-book/:id')
  @Route({
    summary: 'Changes an entry',
    body: phoneBookWishSchema,
    answer: phoneBookEntrySchema,
    permission: 'dialling.write',
  })
  edit(
    @CurrentActor() actor: Actor,
    @Param('id', parsed(z.uuid())) id: string,
    @Body(parsed(phoneBookWishSchema)) wish: PhoneBookWish,
  ): Promise<PhoneBookEntry | Refusal> {
    return this.book.write(actor, wish, id);
  }

  @Delete('phone-book/:id')
  @Route({ summary: 'Removes an entry', answer: z.null(), permission: 'dialling.write' })
  remove(@CurrentActor() actor: Actor, @Param('id', parsed(z.uuid())) id: string): Promise<Refusal | null> {
    return this.book.remove(actor, id);
  }
}
