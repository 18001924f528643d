import { EntitySchema } from 'typeorm';
import type { DiallingRules } from '../contracts/dialling.js';

export interface DiallingRow {
  version: number;
  createdAt: Date;
  createdBy: string;
  rules: DiallingRules;
}

/** The dialling rules, every version of them: append-only. */
export const diallingEntity = new EntitySchema<DiallingRow>({
  name: 'dialling-rules',
  tableName: 'dialling_rules',
  columns: {
    version: { type: 'integer', primary: true },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    createdBy: { type: 'text', name: 'created_by' },
    rules: { type: 'jsonb' },
  },
});

export interface PhoneBookRow {
  id: string;
  zh: string;
  en: string;
  number: string;
}

export const phoneBookEntity = new EntitySchema<PhoneBookRow>({
  name: 'phone-book-entry',
  tableName: 'phone_book',
  columns: {
    id: { type: 'uuid', primary: true },
    zh: { type: 'text' },
    en: { type: 'text' },
    number: { type: 'text' },
  },
});
