import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DiallingController } from './dialling.controller.js';
import { diallingEntity, phoneBookEntity } from './dialling.entity.js';
import { Dialling } from './dialling.js';
import { PhoneBook } from './phone-book.js';

/** Who may dial what, and whom customers are put through to. */
@Module({
  imports: [TypeOrmModule.forFeature([diallingEntity, phoneBookEntity])],
  controllers: [DiallingController],
  providers: [Dialling, PhoneBook],
  exports: [Dialling, PhoneBook],
})
export class DiallingModule {}
