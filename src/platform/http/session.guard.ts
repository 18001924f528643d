import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { type Actor, denyUnless } from '../../kernel/actor.js';
import { orThrow, RefusalError } from '../../kernel/refusal.js';
import { Doorkeeper } from './doorkeeper.js';
import { type RouteInfo, routeKey } from './route.decorator.js';

const actors = new WeakMap<Request, Actor>();

/** Every route needs a session unless its `@Route` is `open`; a route's permission is checked before its controller runs. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly doorkeeper: Doorkeeper,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Sockets are admitted at their handshake.
    if (context.getType() !== 'http') return true;
    const route = this.reflector.get<RouteInfo | undefined>(routeKey, context.getHandler());
    if (route?.open) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const actor = orThrow(await this.doorkeeper.admit(request.headers.cookie));
    if (route?.permission !== undefined) {
      const denied = denyUnless(actor, ...[route.permission].flat());
      if (denied) {
        await this.doorkeeper.turnedAway(actor, `${request.method} ${request.path}`);
        throw new RefusalError(denied);
      }
    }
    actors.set(request, actor);
    return true;
  }
}

/** `@CurrentActor() actor: Actor`: who asks. Not for open routes. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const actor = actors.get(context.switchToHttp().getRequest<Request>());
  if (!actor) throw new Error('CurrentActor on a route without a session');
  return actor;
});
