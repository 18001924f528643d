import { Body, Controller, Delete, Get, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Login, loginSchema, type Session, sessionSchema } from '../contracts/identity.js';
import type { Actor } from '../kernel/actor.js';
import { isRefusal, type Refusal } from '../kernel/refusal.js';
import { Config } from '../platform/config/config.js';
import { parsed } from '../platform/http/parse.js';
import { Route } from '../platform/http/route.decorator.js';
import { CurrentActor } from '../platform/http/session.guard.js';
import { rememberDevice } from './device-cookie.js';
import { setCookie } from './session-token.js';
import { SignIn } from './sign-in.js';

@Controller('session')
export class SessionController {
  constructor(
    private readonly service: SignIn,
    private readonly config: Config,
  ) {}

  @Post()
  @Route({
    summary: 'Signs in; the session comes as a cookie',
    body: loginSchema,
    answer: sessionSchema,
    open: true,
  })
  async signIn(
    @Body(parsed(loginSchema)) login: Login,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session | Refusal> {
    const { cookie } = request.headers;
    const origin = { address: request.ip ?? 'unknown', browser: request.get('user-agent') ?? '' };
    const signedIn = await this.service.signIn(login, origin, cookie);
    if (isRefusal(signedIn)) return signedIn;
    const name = signedIn.session.person.login;
    response.setHeader('Set-Cookie', [
      setCookie(signedIn.token, signedIn.endsAt, request.secure),
      rememberDevice(cookie, name, this.config.secret, request.secure),
    ]);
    return signedIn.session;
  }

  @Get()
  @Route({ summary: 'Who is signed in', answer: sessionSchema, open: true })
  async current(@Headers('cookie') cookie: string | undefined): Promise<Session | Refusal> {
    return this.service.current(cookie);
  }

  @Delete()
  @HttpCode(204)
  @Route({ summary: 'Signs out', status: 204 })
  async signOut(
    @CurrentActor() actor: Actor,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.service.signOut(actor);
    response.setHeader('Set-Cookie', setCookie(null, new Date(0), request.secure));
  }
}
