import { describe, expect, it } from '@jest/globals';
import { defaultPolicy } from '../policy/default-policy.js';
import { fillScript } from './script.js';

const at = (local: string) => Date.parse(`2026-03-02T${local}:00+08:00`);
const greetingAt = (local: string) =>
  fillScript(defaultPolicy, { agentNumber: '803', at: at(local) }).greeting.zh;

describe('the script of a call', () => {
  it('greets by the time of day, with hotel and agent number', () => {
    expect(greetingAt('09:00')).toBe('早上好，夜郎印象连锁酒店，我是803号，请问有什么可以帮您？');
  });

  it.each([
    ['00:30', '晚上好'],
    ['04:59', '晚上好'],
    ['05:00', '早上好'],
    ['10:59', '早上好'],
    ['11:00', '中午好'],
    ['13:00', '下午好'],
    ['18:00', '晚上好'],
  ])('at %s it says %s', (local, expected) => {
    expect(greetingAt(local).startsWith(expected)).toBe(true);
  });

  it('keeps house time wherever the server stands', () => {
    const input = { agentNumber: '801', at: at('09:00'), timeZone: 'Europe/London' };
    expect(fillScript(defaultPolicy, input).greeting.en).toContain('Good evening');
  });

  it('names the customer once known, and is polite before', () => {
    const input = { agentNumber: '801', at: at('09:00') };
    expect(fillScript(defaultPolicy, input).holdThanks.zh).toContain('先生/女士');
    expect(fillScript(defaultPolicy, { ...input, customerName: '王女士' }).holdThanks.zh).toContain('王女士');
  });

  it('leaves no placeholder in any line', () => {
    const script = fillScript(defaultPolicy, { agentNumber: '801', at: at('09:00'), customerName: '王' });
    expect(JSON.stringify(script)).not.toMatch(/\{[a-zA-Z]+\}/);
  });

  it('does not fill in what a customer calls themselves', () => {
    const input = { agentNumber: '801', at: at('09:00'), customerName: '{agentNumber}' };
    expect(fillScript(defaultPolicy, input).holdThanks.zh).toContain('{agentNumber}');
  });
});
