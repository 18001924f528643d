import type { Clause } from '../../contracts/policy.js';
import { clausesOf } from './clause.js';

const clause = clausesOf(2);

/** Chapter 2: the language of the call. */
export const chapter2: readonly Clause[] = [
  clause(
    '11',
    'M H tx',
    3,
    {
      title: ['规范用语，禁用忌语', 'Polite words, no forbidden phrases'],
      text: [
        '要使用规范服务用语，如“您好”、“谢谢”、“对不起”等，禁止使用服务忌语。',
        'Use the standard polite words such as “hello”, “thank you” and “sorry”. Forbidden phrases are never used.',
      ],
    },
    true,
  ),
  clause('12', 'M H au', 2, {
    title: ['语速适中、语调柔和、普通话', 'Moderate pace, soft tone, Mandarin'],
    text: [
      '语速适中，语音甜美，语调柔和。\n1.忌说话没有激情、语调平淡、过于拖拉或速度太快。\n2.咬字清晰，使用普通话。',
      'Moderate pace, pleasant voice, soft tone.\n1. Never without spirit, flat, drawling or too fast.\n2. Articulate clearly, in Mandarin.',
    ],
  }),
  clause('13', 'H', 2, {
    title: ['耐心解释，不反问质问', 'Patient, never interrogating'],
    text: [
      '耐心解释、热情周到。\n严禁与客户通话时使用反问、质问的口气。',
      'Explain patiently and helpfully.\nRhetorical or interrogating questions to a customer are strictly forbidden.',
    ],
  }),
  clause('14', 'E M H au', 3, {
    title: ['不熟悉的业务', 'Unfamiliar matters'],
    text: [
      '应答过程中遇客户咨询自己不熟悉的业务时，忌烦躁、不懂装懂、推诿、搪塞客户，不得无故打断客户说话，不要急于对客户做出解释，应请客户将问题表述完后再答复。',
      'Asked about something unfamiliar: no irritation, no pretending to know, no pushing away, no fobbing off, no interrupting without cause, no hurried explanation. Let the customer finish the question, then answer.',
    ],
  }),
];
