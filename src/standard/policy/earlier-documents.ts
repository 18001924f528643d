import type { PolicyDocument } from '../../contracts/policy.js';

/** The parts that a document of an earlier version of the product may lack. */
type AddedLater = Pick<
  PolicyDocument,
  'transfer' | 'help' | 'outbound' | 'announceAgentNumber' | 'quality' | 'away'
>;

/**
 * What held for houses whose standard was published before a part existed: each part as the product had it when it came.
 * Never changed again, whatever is shipped to new houses (`default-policy.ts`): a call is judged by what its house had.
 */
const asIntroduced: AddedLater = {
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
  outbound: {
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
  },
  announceAgentNumber: false,
  quality: { mosBelow: 3.1, badForMs: 10_000 },
  away: { limitMs: 20_000 },
};

/** A stored document as it was published, whole: what it says stands, what did not exist then is as it was introduced. */
export function asPublished(
  stored: Omit<PolicyDocument, keyof AddedLater> & Partial<AddedLater>,
): PolicyDocument {
  return { ...asIntroduced, ...stored };
}
