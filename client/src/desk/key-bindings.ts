/** What one key does at the desk. */
export type DeskAction =
  | 'answer'
  | 'reject'
  | 'mute'
  | 'hold'
  | 'resume'
  | 'keypad'
  | 'hang-up'
  | 'withdraw'
  | 'transfer'
  | 'invite'
  | 'complete'
  | 'swap'
  | 'merge'
  | 'back'
  | 'leave'
  | 'call-lead'
  | 'dial'
  | 'note'
  | 'ready'
  | 'help';

export const keyOfAction: Record<DeskAction, string> = {
  answer: 'A',
  reject: 'D',
  mute: 'M',
  hold: 'H',
  resume: 'R',
  keypad: 'K',
  'hang-up': 'E',
  withdraw: 'W',
  transfer: 'T',
  invite: 'I',
  complete: 'C',
  swap: 'S',
  merge: 'G',
  back: 'B',
  leave: 'L',
  'call-lead': 'F9',
  dial: 'P',
  note: 'N',
  ready: 'Y',
  help: '?',
};

/** What of a keyboard event decides. */
export interface Press {
  key: string;
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
  repeat: boolean;
}

const writesNothing = /^F\d+$/;

/** The action of a press. While typing only Alt + key counts; the letter is that of the keyboard, whatever it writes. */
export function actionOf(press: Press, typing: boolean): DeskAction | null {
  if (press.ctrlKey || press.metaKey || press.isComposing || press.repeat) return null;
  if (typing && !press.altKey && !writesNothing.test(press.code)) return null;
  const letter = press.key === '?' ? '?' : press.code.replace(/^Key/, '');
  const found = Object.entries(keyOfAction).find(([, key]) => key === letter);
  return found ? (found[0] as DeskAction) : null;
}

const typingInputs = new Set(['text', 'search', 'tel', 'password', 'number', 'email', 'url']);

/** True for an element that takes letters. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && typingInputs.has(target.type);
}
