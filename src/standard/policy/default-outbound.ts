import type { PolicyDocument } from '../../contracts/policy.js';

/** Clauses 25 and 26.2: prepared, exact and brief; the name is asked late. */
export const outbound: PolicyDocument['outbound'] = {
  purposes: [
    { code: 'call-back', label: { zh: '约定回电', en: 'Promised call-back' } },
    { code: 'booking-confirm', label: { zh: '确认预订', en: 'Confirm a booking' } },
    { code: 'visit', label: { zh: '客户电话拜访', en: 'Telephone visit' } },
    { code: 'complaint-reply', label: { zh: '投诉回复', en: 'Reply to a complaint' } },
    { code: 'feedback', label: { zh: '征求意见', en: 'Ask for feedback' } },
    { code: 'other', label: { zh: '其他', en: 'Other' } },
  ],
  lines: [
    {
      clause: '26.1',
      text: {
        zh: '{dayPart}，这里是{hotel}，我是{agentNumber}号。',
        en: '{dayPart}, this is {hotel}, agent {agentNumber} speaking.',
      },
    },
    {
      clause: '25',
      text: {
        zh: '给您致电是关于{topic}，请问您现在方便接听吗？',
        en: 'I am calling about {topic}. Is this a good moment?',
      },
    },
    { clause: '26.2', text: { zh: '请问怎么称呼您？', en: 'May I ask how to address you?' } },
    {
      clause: '27.1',
      text: {
        zh: '感谢您的接听，祝您生活愉快，再见！',
        en: 'Thank you for your time. Have a pleasant day. Goodbye!',
      },
    },
  ],
  ringMs: 45_000,
};
