import 'reflect-metadata';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RequestMethod } from '@nestjs/common';
import type { Permission } from '../../../src/contracts/identity.js';
import type { Parsing } from '../../../src/platform/http/parse.js';
import { type RouteInfo, routeKey } from '../../../src/platform/http/route.decorator.js';

const source = fileURLToPath(new URL('../../../src/', import.meta.url));
/** Nest's own numbers for `@Body`, `@Query` and `@Param`. */
const places = { 3: 'body', 4: 'query', 5: 'param' } as const;

/** Something that a route reads from a request. `parsing` undefined: it is taken unparsed. */
export interface RouteInput {
  route: string;
  method: string;
  path: string;
  place: (typeof places)[keyof typeof places];
  name: string | undefined;
  parsing: Parsing | undefined;
  /** Who may ask: any of these; empty: everybody. */
  permissions: Permission[];
}

type Argument = { data?: string; pipes: Partial<Parsing>[] };

/** What every route of every controller reads. */
export async function controllerInputs(): Promise<RouteInput[]> {
  const inputs: RouteInput[] = [];
  for (const file of await controllerFiles()) {
    const exported: Record<string, unknown> = await import(pathToFileURL(file).href);
    for (const one of Object.values(exported)) if (typeof one === 'function') inputs.push(...inputsOf(one));
  }
  return inputs;
}

async function controllerFiles(): Promise<string[]> {
  const files = await readdir(source, { recursive: true });
  return files.filter((file) => file.endsWith('.controller.ts')).map((file) => join(source, file));
}

function inputsOf(controller: { prototype?: object; name: string }): RouteInput[] {
  const base: string = Reflect.getMetadata('path', controller) ?? '';
  return Object.getOwnPropertyNames(controller.prototype ?? {}).flatMap((handler) => {
    const route = Reflect.get(controller.prototype ?? {}, handler);
    const method = typeof route === 'function' ? Reflect.getMetadata('method', route) : undefined;
    if (method === undefined) return [];
    const path = ['/api', base, Reflect.getMetadata('path', route)].join('/').replace(/\/+/g, '/');
    const info: RouteInfo = Reflect.getMetadata(routeKey, route as object);
    const permissions = [info.permission ?? []].flat();
    const read: Record<string, Argument> =
      Reflect.getMetadata('__routeArguments__', controller, handler) ?? {};
    return Object.entries(read).flatMap(([key, { data, pipes }]) => {
      const place = places[Number(key.split(':')[0]) as keyof typeof places];
      if (!place) return [];
      const parsing = pipes.find((pipe) => pipe.schema !== undefined) as Parsing | undefined;
      const verb = RequestMethod[method] ?? '';
      return [
        {
          route: `${verb} ${path}`,
          method: verb,
          path: path.replace(/\/$/, ''),
          place,
          name: data,
          parsing,
          permissions,
        },
      ];
    });
  });
}
