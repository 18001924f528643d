import type { PolicyDocument } from '../../contracts/policy.js';

/** What is said between greeting and closing, each under the clause that asks for it. */
export const scriptLines: PolicyDocument['scriptLines'] = [
  { clause: '26.2', text: { zh: '先生（小姐），请问您贵姓？', en: 'May I ask how to address you, please?' } },
  { clause: '26.3', text: { zh: '{customer}，您好，关于{topic}', en: '{customer}, about {topic}' } },
  {
    clause: '26.3',
    text: {
      zh: '{customer}，您好，您是说{topic}，对吗？',
      en: '{customer}, you are saying {topic}; is that right?',
    },
  },
  {
    clause: '23.10',
    text: {
      zh: '这个问题我需要核实后答复您，您看是在线稍等、为您转接，还是稍后给您回电？',
      en: 'I need to check this before I answer. Would you rather hold, be put through, or be called back?',
    },
  },
  {
    clause: '26.4',
    text: {
      zh: '{customer}，我需要为您核实{topic}，请您在线稍等，不会超过一分钟，您看可以吗？',
      en: '{customer}, I need to check {topic}. May I ask you to hold for no more than a minute?',
    },
  },
  {
    clause: '26.5',
    text: {
      zh: '{customer}，我还在为您查询，请您再稍等一下。',
      en: '{customer}, I am still looking into it for you; just a little longer.',
    },
  },
  {
    clause: '26.6',
    text: {
      zh: '{customer}，这个问题由专门的同事答复会更准确，我为您转接过去，您看可以吗？',
      en: '{customer}, a colleague knows this better than I do. May I put you through?',
    },
  },
  {
    clause: '26.8',
    text: {
      zh: '{customer}，不好意思让您久等了，就您所提到的{topic}',
      en: '{customer}, I am sorry to have kept you waiting. About {topic} that you mentioned',
    },
  },
  {
    clause: '21',
    text: {
      zh: '{customer}，非常抱歉，是我们的差错，我马上为您更正。',
      en: 'I am very sorry, {customer}; that was our mistake. I will correct it at once.',
    },
  },
  {
    clause: '26.9',
    text: {
      zh: '{customer}，我跟您核对一下姓名和联系电话。',
      en: '{customer}, let me read your name and number back to you.',
    },
  },
];
