import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { refusalCodes, refusalSchema } from '../../contracts/refusal.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** The API's description, made from the controllers and their zod schemas. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle('Sanling 三铃')
    .setDescription('A call centre that keeps the service standard. Sign in with POST /api/session.')
    .setVersion('0.1.0')
    .addCookieAuth('sanling_session')
    .addSecurityRequirements('cookie')
    .build();
  const document = SwaggerModule.createDocument(app, base);
  const refusal = z.toJSONSchema(refusalSchema.extend({ code: z.enum(Object.keys(refusalCodes)) }), {
    target: 'openapi-3.0',
    io: 'output',
  });
  const schemas = { ...document.components?.schemas, Refusal: refusal } as Schemas;
  return { ...document, components: { ...document.components, schemas } };
}
