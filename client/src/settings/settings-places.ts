import type { Permission } from '@contracts/identity';

export interface SettingsPlace {
  path: string;
  /** Text key `page.<key>` of `settings`. */
  key: 'flows' | 'prompts' | 'dialling' | 'phone-book';
  permission: Permission;
}

/** The pages of the settings in the order of the list at the left. */
export const settingsPlaces: readonly SettingsPlace[] = [
  { path: '/settings/flows', key: 'flows', permission: 'flows.read' },
  { path: '/settings/prompts', key: 'prompts', permission: 'flows.read' },
  { path: '/settings/dialling', key: 'dialling', permission: 'dialling.read' },
  { path: '/settings/phone-book', key: 'phone-book', permission: 'dialling.read' },
];
