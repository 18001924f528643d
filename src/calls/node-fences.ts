import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';

/** Another process owns the node now: what this one still wanted to write is refused. */
export class NodeTaken extends Error {
  constructor(node: string) {
    super(`node ${node} is owned by another process`);
    this.name = 'NodeTaken';
  }
}

// TypeORM hands on what the driver makes of a bigint, which is text.
const raisedSchema = z.tuple([z.object({ fence: z.coerce.number() })]);

/** The number under which this process took each of its nodes. A later owner has a higher one. */
@Injectable()
export class NodeFences {
  private readonly mine = new Map<string, number>();

  constructor(private readonly source: DataSource) {}

  /** Takes the node: waits for commits under way, and lets no earlier owner begin another. */
  async raise(node: string, owner: string): Promise<void> {
    const [{ fence }] = raisedSchema.parse(await this.source.query(raising, [node, owner]));
    this.mine.set(node, fence);
  }

  forget(node: string): void {
    this.mine.delete(node);
  }

  /** What a statement that writes for the node names: no row has it when the node is not this process's any more. */
  of(node: string): number {
    return this.mine.get(node) ?? 0;
  }
}

const raising = `
  insert into telephony_nodes as node (name, fence, owner, taken_at) values ($1, 1, $2, clock_timestamp())
  on conflict (name) do update set fence = node.fence + 1, owner = excluded.owner, taken_at = excluded.taken_at
  returning fence`;
