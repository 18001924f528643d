import type { Clause } from '../../contracts/policy.js';
import { clausesOf } from './clause.js';

const clause = clausesOf(1);

/** Chapter 1: the agent's qualities. */
export const chapter1: readonly Clause[] = [
  clause('1', 'H', 1, {
    title: ['积极的心态', 'Positive attitude'],
    text: [
      '积极的心态。\n座席员保持积极的心态，会使自己的声音听起来积极而有活力，也有利于自己向着对销售有利的方向思考问题。',
      "A positive attitude makes the agent's voice sound lively and helps the agent think in ways that serve the sale.",
    ],
  }),
  clause('2', 'H', 1, {
    title: ['热情', 'Warmth'],
    text: ['热情。\n时刻保持高度的热情可以感染客户。', 'Steady warmth is catching for the customer.'],
  }),
  clause('3', 'H', 2, {
    title: ['自信', 'Confidence'],
    text: [
      '自信。\n为了保持自信，座席员的语气和措辞应该是肯定的，而不是否定或者模糊的。',
      'To stay confident, tone and wording are affirmative, not negative or vague.',
    ],
  }),
  clause('4', 'M au tx', 2, {
    title: ['节奏', 'Rhythm'],
    text: [
      '节奏。\n节奏一方面是指座席员讲话的语速，另一方面也是指座席员对客户所讲问题的反应速度。\n座席员与客户讲话时，要使用标准语速，既不能太快，也不能太慢。',
      "Rhythm is the agent's speaking rate and how quickly the agent reacts to what the customer says.\nSpeak to customers at a standard rate, neither too fast nor too slow.",
    ],
  }),
  clause('5', 'H', 1, {
    title: ['不卑不亢', 'Neither servile nor overbearing'],
    text: [
      '语气要不卑不亢，既不要让客户感觉到座席员没有自信，也不要让客户感觉到座席员盛气凌人。',
      'The tone lets the customer feel neither a lack of confidence nor arrogance.',
    ],
  }),
  clause('6', 'H', 1, {
    title: ['合适的语调', 'Suitable intonation'],
    text: [
      '合适的语调\n1.语调不能太高，且语调的运用要抑扬顿挫。\n2.太过平淡的声音会使人注意力分散，产生厌倦，在重要的词句上，座席员要用重音。',
      '1. The tone is not too high, and it rises and falls.\n2. A flat voice loses attention and tires the customer: stress the words and sentences that matter.',
    ],
  }),
  clause('7', 'E M au', 1, {
    title: ['音量适当', 'Suitable volume'],
    text: [
      '音量适当\n1.音量不能太大，声音太大会让客户产生防备心理。\n2.声音太小会让客户感觉座席员缺乏信心，进而轻视座席员。\n3.话筒的位置不要直接对着嘴部，要放在嘴的左下角。',
      '1. Not too loud: loudness puts the customer on guard.\n2. Not too quiet: the customer takes it for a lack of confidence and thinks less of the agent.\n3. The microphone is not straight before the mouth but at its lower left.',
    ],
  }),
  clause('8', 'H', 1, {
    title: ['语言简洁', 'Concise language'],
    text: [
      '语言简洁。\n为了与客户建立关系，适当地谈些与个人有关的内容是十分有必要的，但要适可而止。',
      'To build a relationship some personal talk is needed, but in moderation.',
    ],
  }),
  clause('9', 'M H au', 1, {
    title: ['注意停顿', 'Mind the pauses'],
    text: [
      '注意停顿。\n停顿可以吸引客户的注意力，让客户有机会思考及主动参与到电话沟通中。',
      "Pauses hold the customer's attention and let the customer think and take part in the call.",
    ],
  }),
  clause('10', 'H', 2, {
    title: ['微笑', 'Smile'],
    text: [
      '微笑。\n微笑可以改变座席员的声音，也可以感染客户。',
      "A smile changes the agent's voice and is catching for the customer.",
    ],
  }),
];
