import { EntitySchema } from 'typeorm';

export interface SessionRow {
  id: string;
  tokenHash: Buffer;
  personId: string;
  openedAt: Date;
  usedAt: Date;
  /** Slides on with use … */
  expiresAt: Date;
  /** … up to here. */
  endsAt: Date;
  closedAt: Date | null;
  address: string;
  browser: string;
}

export const sessionEntity = new EntitySchema<SessionRow>({
  name: 'sessions',
  columns: {
    id: { type: 'uuid', primary: true },
    tokenHash: { type: 'bytea', name: 'token_hash' },
    personId: { type: 'uuid', name: 'person_id' },
    openedAt: { type: 'timestamptz', name: 'opened_at' },
    usedAt: { type: 'timestamptz', name: 'used_at' },
    expiresAt: { type: 'timestamptz', name: 'expires_at' },
    endsAt: { type: 'timestamptz', name: 'ends_at' },
    closedAt: { type: 'timestamptz', name: 'closed_at', nullable: true },
    address: { type: 'text' },
    browser: { type: 'text' },
  },
});
