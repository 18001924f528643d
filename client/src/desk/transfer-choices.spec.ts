import type { TransferTargets } from '@contracts/transfer';
import { expect, it } from '@jest/globals';
import { transferChoices } from './transfer-choices';

const targets: TransferTargets = {
  agents: [
    { id: 'a2', number: '802', name: '杨晓雯', state: 'talking', free: false },
    { id: 'a3', number: '803', name: '罗嘉敏', state: 'ready', free: true },
    { id: 'a4', number: '804', name: '吴思远', state: 'offline', free: false },
  ],
  queues: [{ id: 'q1', name: '前台预订', agentsReady: 1, waiting: 0 }],
  departments: [{ id: 'd1', zh: '餐饮部', en: 'Restaurant', number: '8103' }],
};
const keys = (typed: string) => transferChoices(targets, typed).map(({ key }) => key);

it('lists who can answer first; who is busy stays in view, who is away does not', () => {
  expect(keys('')).toEqual(['agent-803', 'queue-q1', 'department-8103', 'agent-802']);
});

it('finds by number, by name and in both languages', () => {
  expect(keys('803')).toContain('agent-803');
  expect(keys('晓雯')).toEqual(['agent-802']);
  expect(keys('rest')).toEqual(['department-8103']);
});

it('takes a typed number as one to dial, unless it is somebody of the house', () => {
  expect(keys('139 0000 1111')).toEqual(['number']);
  expect(keys('8103')).toEqual(['department-8103']);
  expect(keys('810')).toEqual(['department-8103', 'number']);
  expect(keys('前台')).toEqual(['queue-q1']);
});
