import type { Destination, DiallingRules } from '../contracts/dialling.js';

const ordinary: Destination[] = [
  'emergency',
  'internal',
  'local',
  'mobile',
  'national',
  'toll-free',
  'service',
];

/** As shipped: nothing abroad, nothing that costs more than a call, whoever asks. */
export const defaultRules: DiallingRules = {
  areaCode: '010',
  callerNumber: '01065540000',
  callerName: '',
  perAgentPerHour: 60,
  denied: [],
  roles: [
    { role: 'agent', destinations: ordinary, allowed: [] },
    { role: 'lead', destinations: ordinary, allowed: [] },
  ],
};

/** The demo hotel's departments. */
export const demoPhoneBook = [
  { zh: '总台', en: 'Front desk', number: '8101' },
  { zh: '客房部', en: 'Housekeeping', number: '8102' },
  { zh: '餐饮部', en: 'Restaurant', number: '8103' },
  { zh: '会议销售部', en: 'Meetings and sales', number: '8104' },
  { zh: '工程部', en: 'Engineering', number: '8105' },
] as const;
