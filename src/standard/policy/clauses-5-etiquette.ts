import type { Clause } from '../../contracts/policy.js';
import { clausesOf } from './clause.js';

const clause = clausesOf(5);

/** Chapter 5: etiquette before, in and at the end of a call. */
export const chapter5: readonly Clause[] = [
  clause('25', 'E M ev wr', 1, {
    title: ['通话前准备', 'Preparation before a call'],
    text: [
      '在拨出呼出电话之前座席员应打好腹稿，力求表达准确、简明扼要。',
      'Before dialling an outbound call the agent has prepared what to say, to be exact, brief and to the point.',
    ],
  }),
  clause('26.1', 'E M ev au tx', 5, {
    title: ['三声铃内接听并问候', 'Answer within three rings, greet'],
    text: [
      '座席员应在三声铃声内接听电话，使用礼貌用语并报上工号，如，“早上/中午/晚上好，夜郎印象连锁酒店，我是××号，请问有什么可以帮您？”',
      'Answer within three rings, with polite words and the agent number: “Good morning / day / evening, Yelang Impression Hotels, this is agent ××. How may I help you?”',
    ],
  }),
  clause('26.2', 'E M tx', 1, {
    title: ['呼出不先问姓名', 'Outbound: not the name first'],
    text: [
      '座席员执行呼出业务时不要先问对方姓名，应适时询问客户称呼，如，“先生（小姐），请问您贵姓？”',
      'On an outbound call do not ask for the name first; ask how to address the customer at a fitting time: “May I ask how to address you, please?”',
    ],
  }),
  clause('26.3', 'E M H tx', 1, {
    title: ['礼貌称呼并确认', 'Address by name and confirm'],
    text: [
      '礼貌称呼客户并正确应答客户提问，如，“××小姐/先生，您好，关于……”座席员在与客户沟通中如未正确领会客户意图须主动与其确认，如，“××小姐/先生，您好，您是说……”',
      "Address the customer politely and answer rightly: “Ms / Mr ××, about …”. If the customer's meaning was not understood, confirm it: “Ms / Mr ××, you are saying …”",
    ],
  }),
  clause('26.4', 'E M ev', 3, {
    title: ['等待前说明、同意、时限', 'Before a wait: why, consent, limit'],
    text: [
      '需要客户等待时，应告诉客户“为什么”并要取得客户同意，给客户一个等待时限。',
      "When the customer must wait, say why, get the customer's consent and give a time limit.",
    ],
  }),
  clause('26.5', 'E M ev', 1, {
    title: ['等待中陪伴', 'Stay with the customer'],
    text: [
      '在客户等待过程中座席员应与客户适当地谈论相关的话题，以让客户知道座席员时刻在关注他们。',
      'While the customer waits, talk about related matters as fitting, so that the customer knows that the agent is with them.',
    ],
  }),
  clause('26.6', 'E M ev', 1, {
    title: ['转接前说明并征得同意', 'Before a transfer: why, consent'],
    text: [
      '在转接客户的电话时，座席员应向客户解释为什么电话需要转接，并要取得客户的同意。',
      "When transferring a call, explain to the customer why, and get the customer's consent.",
    ],
  }),
  clause('26.7', 'E M ev', 1, {
    title: ['转接须有人接听', 'Transfer only once answered'],
    text: [
      '座席员转接电话挂断之前需确定被转接电话处有人接听。',
      'Before leaving a transferred call the agent makes sure that somebody has answered at the other end.',
    ],
  }),
  clause('26.8', 'E M tx', 1, {
    title: ['被转接人致谢', 'The one who takes over'],
    text: [
      '被转接人接听电话后应感谢客户的等待，“××先生/小姐，不好意思让您久等了，就您所提到的……”',
      'Whoever takes a transferred call thanks the customer for waiting: “Mr / Ms ××, I am sorry to have kept you waiting. About … that you mentioned”',
    ],
  }),
  clause('26.9', 'E M wr', 2, {
    title: ['核对姓名与号码', 'Read back name and number'],
    text: [
      '记录客户信息时座席员应正确拼写客户姓名，记下客户的电话号码并确认准确无误。',
      "When recording the customer's details, spell the name right, write down the number, and confirm that both are correct.",
    ],
  }),
  clause('27.1', 'E M tx', 2, {
    title: ['结束前询问并致谢', 'Ask, thank, welcome back'],
    text: [
      '在结束电话之前，座席员应主动询问客户是否还有其他问题需要帮助，并感谢客户来电，欢迎客户随时致电。',
      'Before ending the call ask whether anything else is needed, thank the customer for calling and welcome them to call at any time.',
    ],
  }),
  clause('27.2', 'E M ev', 0, {
    title: ['客户先挂断，轻放听筒', 'The customer first, then gently'],
    text: [
      '根据客户特点结束电话，结束时让客户先挂断电话，座席员再轻轻放下听筒。',
      'End the call to suit the customer; let the customer hang up first, then put the receiver down gently.',
    ],
  }),
];
