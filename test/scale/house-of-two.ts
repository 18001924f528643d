import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { demoPassword } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import { allowPlainAudio, clearAsterisk } from '../support/phones/asterisk-rest.js';
import { ApiProcess } from '../support/product-process.js';
import { readyDatabase } from '../support/ready-database.js';
import { type FreshDatabase, type Services, useServices } from '../support/services.js';
import { EdgeDesk } from './edge-desk.js';

/** A node as tests reach it past the product. */
export interface Node {
  name: string;
  trunk: { host: string; port: number };
  ari: Pick<Services, 'ASTERISK_HTTP_URL' | 'ASTERISK_ARI_USER' | 'ASTERISK_ARI_PASSWORD'>;
}

/** How many calls there are of each node and state. */
export type Census = Readonly<Record<string, number>>;

/** One installation: two Asterisks behind one edge, two API processes, one database, one Redis. */
export class HouseOfTwo {
  private readonly desks: EdgeDesk[] = [];

  private constructor(
    readonly nodes: readonly [Node, Node],
    readonly processes: readonly [ApiProcess, ApiProcess],
    private readonly database: FreshDatabase,
    private readonly sql: pg.Pool,
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {}

  static async open(): Promise<HouseOfTwo> {
    const services = useServices();
    const nodes = nodesOf(services);
    // What an aborted run left would be told to the new owners as recordings to be fetched.
    for (const { ari } of nodes) await clearAsterisk(ari);
    const database = await readyDatabase();
    const prefix = `scale-${randomBytes(6).toString('hex')}:`;
    const settings = {
      ...services,
      DATABASE_URL: database.url,
      SANLING_REDIS_PREFIX: prefix,
      SANLING_DEMO_PASSWORD: demoPassword,
      SANLING_LOG_LEVEL: 'warn',
      ASTERISK_NODES: JSON.stringify([
        asSetting('a', services.ASTERISK_HTTP_URL, services.ASTERISK_AMI_PORT),
        asSetting('b', process.env.NODE_B_HTTP_URL ?? '', process.env.NODE_B_AMI_PORT ?? ''),
      ]),
    };
    const log = (name: string) => join(services.SANLING_HOME, 'log', `scale-${name}.log`);
    // One after the other where the database is made, both while they come up.
    const processes = await Promise.all([
      ApiProcess.start(settings, log('x')),
      ApiProcess.start(settings, log('y')),
    ]);
    const sql = new pg.Pool({ connectionString: database.url, max: 2 });
    const redis = new Redis(services.REDIS_URL);
    return new HouseOfTwo(nodes, processes, database, sql, redis, prefix);
  }

  /** The leases' holders, by node. */
  async owners(): Promise<{ a: string | null; b: string | null }> {
    const [a, b] = await Promise.all(
      ['a', 'b'].map((node) => this.redis.get(`${this.prefix}lease:node:${node}`)),
    );
    return { a: a ?? null, b: b ?? null };
  }

  /** The process that took the node last, by its own name for itself. */
  async ownerOf(node: string): Promise<string> {
    const { rows } = await this.sql.query('select owner from telephony_nodes where name = $1', [node]);
    return String(rows[0]?.owner);
  }

  async desk(process: ApiProcess, number: string): Promise<EdgeDesk> {
    const desk = await EdgeDesk.open(process, number);
    this.desks.push(desk);
    return desk;
  }

  /** Lets phones without a browser's audio be rung; again after a node's new owner made its way to the edge anew. */
  async speaksPlainly(): Promise<void> {
    for (const { ari } of this.nodes) await allowPlainAudio(ari, 'edge');
  }

  async census(): Promise<Census> {
    const { rows } = await this.sql.query<{ node: string; state: string; count: string }>(
      'select node, state, count(*) from calls group by node, state',
    );
    return Object.fromEntries(rows.map(({ node, state, count }) => [`${node} ${state}`, Number(count)]));
  }

  /** Why the customers of ended calls left, with how many of each. */
  async endings(): Promise<Census> {
    const { rows } = await this.sql.query<{ node: string; cause: string; count: string }>(
      `select node, ended_by || ' ' || (data->>'cause') as cause, count(*) from calls
       join timeline_events on call_id = id and kind = 'customer.left' group by node, cause`,
    );
    return Object.fromEntries(rows.map(({ node, cause, count }) => [`${node} ${cause}`, Number(count)]));
  }

  /** The kinds of a call's facts. */
  async story(callId: string): Promise<string[]> {
    const { rows } = await this.sql.query<{ kind: string }>(
      'select kind from timeline_events where call_id = $1 order by seq',
      [callId],
    );
    return rows.map(({ kind }) => kind);
  }

  async close(): Promise<void> {
    for (const desk of this.desks) await desk.close();
    for (const process of this.processes) await process.kill();
    // No worker is here to fetch and remove the recordings. The second node is dead by now.
    await clearAsterisk(this.nodes[0].ari);
    this.redis.disconnect();
    await this.sql.end();
    await this.database.drop();
  }
}

function nodesOf(services: Services): readonly [Node, Node] {
  const { ASTERISK_ARI_USER, ASTERISK_ARI_PASSWORD } = services;
  const node = (name: string, ASTERISK_HTTP_URL: string, port: string): Node => ({
    name,
    trunk: { host: '127.0.0.1', port: Number(port) },
    ari: { ASTERISK_HTTP_URL, ASTERISK_ARI_USER, ASTERISK_ARI_PASSWORD },
  });
  return [
    node('a', services.ASTERISK_HTTP_URL, services.SIP_TRUNK_PORT),
    node('b', process.env.NODE_B_HTTP_URL ?? '', process.env.NODE_B_TRUNK_PORT ?? ''),
  ];
}

const asSetting = (name: string, httpUrl: string, amiPort: string) => ({
  name,
  httpUrl,
  amiHost: '127.0.0.1',
  amiPort: Number(amiPort),
});

/** Waits until the house agrees with what is expected of its calls. */
export async function counts(house: HouseOfTwo, expected: Census, withinMs = 20_000): Promise<void> {
  await eventually(
    async () => {
      const census = await house.census();
      const differs = Object.entries(expected).some(([what, count]) => (census[what] ?? 0) !== count);
      if (differs) throw new Error(JSON.stringify(census));
      return true;
    },
    { withinMs, everyMs: 200, what: `calls are ${JSON.stringify(expected)}` },
  );
}
