import type { PolicyDocument } from '../../contracts/policy.js';
import { chapter1 } from './clauses-1-qualities.js';
import { chapter2 } from './clauses-2-language.js';
import { chapter3 } from './clauses-3-attitude.js';
import { chapter4Should } from './clauses-4-should.js';
import { chapter4ShouldNot } from './clauses-4-should-not.js';
import { chapter5 } from './clauses-5-etiquette.js';
import { outbound } from './default-outbound.js';
import { scriptLines } from './script-lines.js';

/** The house's standard as it is shipped: version 1 of every new house, edited by the supervisor from there. */
export const defaultPolicy: PolicyDocument = {
  hotel: { zh: '夜郎印象连锁酒店', en: 'Yelang Impression Hotels' },
  timeZone: 'Asia/Shanghai',
  clauses: [...chapter1, ...chapter2, ...chapter3, ...chapter4Should, ...chapter4ShouldNot, ...chapter5],
  ring: { onMs: 1_000, offMs: 4_000, rings: 3 },
  greeting: {
    dayParts: [
      { from: '05:00', text: { zh: '早上好', en: 'Good morning' } },
      { from: '11:00', text: { zh: '中午好', en: 'Good day' } },
      { from: '13:00', text: { zh: '下午好', en: 'Good afternoon' } },
      { from: '18:00', text: { zh: '晚上好', en: 'Good evening' } },
    ],
    template: {
      zh: '{dayPart}，{hotel}，我是{agentNumber}号，请问有什么可以帮您？',
      en: '{dayPart}, {hotel}, this is agent {agentNumber}. How may I help you?',
    },
    firstSpeechWithinMs: 3_000,
  },
  hold: {
    reasons: [
      { code: 'check-record', label: { zh: '查询订单或客户资料', en: 'Look up a booking or file' } },
      { code: 'check-availability', label: { zh: '查询房态或价格', en: 'Check rooms or rates' } },
      { code: 'ask-colleague', label: { zh: '请教同事或主管', en: 'Ask a colleague or the supervisor' } },
      { code: 'ask-department', label: { zh: '联系酒店或其他部门', en: 'Reach the hotel or a department' } },
      { code: 'system-slow', label: { zh: '系统响应慢', en: 'The system is slow' } },
      { code: 'customer-asked', label: { zh: '客户要求稍等', en: 'The customer asked to wait' } },
    ],
    limitChoicesMs: [15_000, 30_000, 45_000, 60_000],
    ceilingMs: 60_000,
    totalCeilingMs: 60_000,
    remindBeforeMs: 10_000,
    askLine: {
      zh: '{customer}，我需要为您核实一下，请您在线稍等，不会超过一分钟，您看可以吗？',
      en: '{customer}, I need to check this for you. May I ask you to hold for no more than a minute?',
    },
    thanksLine: {
      zh: '{customer}，不好意思让您久等了，感谢您的等待。',
      en: 'Thank you for waiting, {customer}.',
    },
    speakAfterResumeWithinMs: 3_000,
  },
  hangUp: {
    graceMs: 5_000,
    reasons: [
      {
        code: 'customer-asked',
        label: { zh: '客户要求先挂断', en: 'The customer asked me to hang up' },
        judged: 'pass',
      },
      { code: 'dead-line', label: { zh: '无声或断线', en: 'Dead line' }, judged: 'pass' },
      { code: 'wrong-number', label: { zh: '打错电话', en: 'Wrong number' }, judged: 'pass' },
      { code: 'machine', label: { zh: '语音信箱或传真', en: 'Machine or fax' }, judged: 'pass' },
      { code: 'abuse', label: { zh: '骚扰或辱骂（已劝告）', en: 'Abuse, after a warning' }, judged: 'pass' },
      { code: 'emergency', label: { zh: '现场紧急情况', en: 'Emergency on site' }, judged: 'for-inspector' },
      { code: 'other', label: { zh: '其他', en: 'Other' }, judged: 'for-inspector' },
    ],
  },
  away: { limitMs: 20_000 },
  closingLines: [
    { zh: '请问还有其他问题需要帮助吗？', en: 'Is there anything else I can help you with?' },
    {
      zh: '我是{agentNumber}号，感谢您的来电，希望能再次为您服务。',
      en: 'I am agent {agentNumber}. Thank you for calling; I hope to serve you again.',
    },
    { zh: '欢迎您随时致电，祝您生活愉快！', en: 'You are welcome to call at any time. Have a pleasant day!' },
  ],
  scriptLines,
  transfer: {
    reasons: [
      { code: 'specialist', label: { zh: '由专门的同事答复', en: 'A colleague knows this better' } },
      { code: 'department', label: { zh: '需要酒店或部门办理', en: 'The hotel or a department must act' } },
      { code: 'authority', label: { zh: '超出本人权限', en: 'Beyond my authority' } },
      { code: 'language', label: { zh: '语言或方言', en: 'Language' } },
      { code: 'customer-asked', label: { zh: '客户要求转接', en: 'The customer asked for it' } },
    ],
    limitMs: 60_000,
    patienceMs: 40_000,
    askLine: {
      zh: '{customer}，这个问题由专门的同事答复会更准确，我为您转接过去，不会超过一分钟，您看可以吗？',
      en: '{customer}, a colleague knows this better than I do. May I put you through? It takes no more than a minute.',
    },
    thanksLine: {
      zh: '{customer}，不好意思让您久等了，就您所提到的{topic}，由我来为您答复。',
      en: '{customer}, thank you for waiting. About {topic} that you mentioned: I will take care of it.',
    },
    speakWithinMs: 3_000,
  },
  help: { showListening: false },
  outbound,
  announceAgentNumber: false,
  quality: { mosBelow: 3.1, badForMs: 10_000 },
  wrapUp: {
    outcomes: [
      outcome('resolved', '已解决', 'Resolved'),
      outcome('booking-made', '预订成功', 'Booking made'),
      outcome('information-given', '咨询已答复', 'Question answered'),
      outcome('follow-up', '需要后续跟进', 'Follow-up needed', { needsFollowUp: true }),
      outcome('call-back', '约定回电', 'Call-back promised', { needsFollowUp: true }),
      outcome('complaint', '投诉待处理', 'Complaint to settle', { needsFollowUp: true }),
      outcome('wrong-number', '打错电话', 'Wrong number', { needsCustomer: false }),
      outcome('dead-line', '无声或断线', 'Dead line', { needsCustomer: false }),
      outcome('abuse', '骚扰', 'Abuse', { needsCustomer: false }),
    ],
    required: ['outcome', 'customerName', 'customerNumber', 'nameReadBack', 'numberReadBack'],
    targetMs: 60_000,
  },
};

function outcome(
  code: string,
  zh: string,
  en: string,
  { needsFollowUp = false, needsCustomer = true }: { needsFollowUp?: boolean; needsCustomer?: boolean } = {},
): PolicyDocument['wrapUp']['outcomes'][number] {
  return { code, label: { zh, en }, needsFollowUp, needsCustomer };
}
