import { EntitySchema } from 'typeorm';
import type { Role } from '../contracts/identity.js';

export interface PersonRow {
  id: string;
  /** Lower case. */
  login: string;
  name: string;
  role: Role;
  agentNumber: string | null;
  locale: 'zh-CN' | 'en';
  passwordHash: string;
  active: boolean;
  createdAt: Date;
}

export const personEntity = new EntitySchema<PersonRow>({
  name: 'people',
  columns: {
    id: { type: 'uuid', primary: true },
    login: { type: 'text' },
    name: { type: 'text' },
    role: { type: 'text' },
    agentNumber: { type: 'text', name: 'agent_number', nullable: true },
    locale: { type: 'text' },
    passwordHash: { type: 'text', name: 'password_hash' },
    active: { type: 'boolean', default: true },
    createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
  },
});
