import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  PayloadTooLargeException,
} from '@nestjs/common';
import { catchError, type Observable } from 'rxjs';
import { RefusalError, refuse } from '../kernel/refusal.js';
import { Config } from '../platform/config/config.js';

/** Says of an upload that is too large how large it may be. Stands around the interceptor that reads the file. */
@Injectable()
export class UploadLimit implements NestInterceptor {
  constructor(private readonly config: Config) {}

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        if (!(error instanceof PayloadTooLargeException)) throw error;
        throw new RefusalError(
          refuse('prompt.too-large', { largestBytes: this.config.prompts.largestBytes }),
        );
      }),
    );
  }
}
