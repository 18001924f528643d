import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import type { Permission } from '../../contracts/identity.js';

/** What `GET /api/openapi.json` says of a route, and who may use it. */
export interface RouteInfo {
  summary: string;
  body?: z.ZodType;
  query?: z.ZodObject;
  answer?: z.ZodType;
  /** Status of the good answer when it is not 200 (201 for POST). */
  status?: number;
  /** Content type of an answer that is not JSON. */
  content?: string;
  /** Any of these; the service checks again. Without it any signed-in person may ask. */
  permission?: Permission | readonly Permission[];
  /** Needs no session. */
  open?: boolean;
}

export const routeKey = 'sanling:route';

type Schema = Exclude<Parameters<typeof ApiResponse>[0] extends { schema?: infer S } ? S : never, undefined>;

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const made = z.toJSONSchema(schema, { target: 'openapi-3.0', io, unrepresentable: 'any' });
  return made as unknown as Schema;
}

/**
 * On every controller method, beside `@Get()` etc.: documents it, and lets the session guard in or not. Paths of
 * controllers are written without `/api`, which is in front of all of them.
 */
export function Route(info: RouteInfo): MethodDecorator {
  const { summary, body, query, answer, status, content, permission, open } = info;
  const needs = permission === undefined ? '' : `Needs ${[permission].flat().join(' or ')}.`;
  const decorators = [
    SetMetadata(routeKey, info),
    ApiOperation({ summary, description: open ? 'Open to everyone.' : needs }),
    ApiResponse({
      status: status ?? '2XX',
      description: 'Done',
      ...(answer && { schema: jsonSchema(answer, 'output') }),
      ...(content && { content: { [content]: { schema: { type: 'string', format: 'binary' } } } }),
    }),
    ApiResponse({
      status: 'default',
      description: 'Refused',
      schema: { $ref: '#/components/schemas/Refusal' },
    }),
  ];
  if (body) decorators.push(ApiBody({ schema: jsonSchema(body, 'input') }));
  for (const [name, field] of Object.entries(query?.shape ?? {})) {
    const required = !z.safeParse(field as z.ZodType, undefined).success;
    decorators.push(ApiQuery({ name, required, schema: jsonSchema(field as z.ZodType, 'input') }));
  }
  return applyDecorators(...decorators);
}
