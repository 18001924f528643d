import type { PersonRow } from './person.entity.js';

type DemoPerson = Pick<PersonRow, 'login' | 'name' | 'role' | 'agentNumber' | 'locale'>;

const agent = (agentNumber: string, name: string): DemoPerson => ({
  login: agentNumber,
  name,
  role: 'agent',
  agentNumber,
  locale: 'zh-CN',
});

const staff = (
  login: string,
  name: string,
  role: PersonRow['role'],
  agentNumber: string | null = null,
): DemoPerson => ({
  login,
  name,
  role,
  agentNumber,
  locale: 'zh-CN',
});

/** Who works in the demo hotel. Agents sign in with the number they say in the greeting. */
export const demoPeople: readonly DemoPerson[] = [
  agent('801', '陈静怡'),
  agent('802', '杨晓雯'),
  agent('803', '罗嘉敏'),
  agent('804', '吴思远'),
  agent('805', '周雨桐'),
  agent('806', '王浩然'),
  staff('lead', '张慧', 'lead', '800'),
  staff('inspector', '刘文斌', 'inspector'),
  staff('trainer', '赵雅琴', 'trainer'),
  staff('supervisor', '黄国强', 'supervisor'),
];
