import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Faults } from './faults.js';

/** Answers every refused or failed request with a `RefusalBody`. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  constructor(private readonly faults: Faults) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const { status, body } = this.faults.answer(error, `${request.method} ${request.path}`);
    // A stream that broke half-way cannot be answered any more: the client sees the connection end.
    if (response.headersSent) response.destroy();
    else response.status(status).json(body);
  }
}
