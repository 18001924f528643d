import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Doorkeeper } from '../platform/http/doorkeeper.js';
import { SipProxyModule } from '../platform/sip-proxy/sip-proxy.module.js';
import { Audit } from './audit.js';
import { auditEntryEntity } from './audit-entry.entity.js';
import { PasswordChecks } from './password-checks.js';
import { People } from './people.js';
import { personEntity } from './person.entity.js';
import { ReadingAudit } from './reading-audit.js';
import { Rights } from './rights.js';
import { SessionController } from './session.controller.js';
import { sessionEntity } from './session.entity.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { SignInLimits } from './sign-in-limits.js';
import { SoftphoneDoor } from './softphone-door.js';
import { Standings } from './standings.js';

@Global()
@Module({
  imports: [SipProxyModule, TypeOrmModule.forFeature([personEntity, sessionEntity, auditEntryEntity])],
  controllers: [SessionController],
  providers: [
    People,
    Standings,
    Sessions,
    Rights,
    { provide: Doorkeeper, useExisting: Sessions },
    SignIn,
    SignInLimits,
    PasswordChecks,
    SoftphoneDoor,
    Audit,
    ReadingAudit,
  ],
  exports: [People, Standings, Sessions, Rights, Doorkeeper, Audit, ReadingAudit],
})
export class IdentityModule {}
