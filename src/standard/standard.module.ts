import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Policies } from './policies.js';
import { PolicyController } from './policy.controller.js';
import { policyEntity } from './policy.entity.js';

/** The house's service standard: its versions and what is computed from them. */
@Module({
  imports: [TypeOrmModule.forFeature([policyEntity])],
  controllers: [PolicyController],
  providers: [Policies],
  exports: [Policies],
})
export class StandardModule {}
