import { expect, type Page } from '@playwright/test';
import type { FactKind } from '../../src/contracts/timeline.js';
import type { AgentDesk } from './agent-desk.js';
import { audible, expectVoices, listen } from './hearing.js';
import type { Stage } from './stage.js';
import type { WebPhone } from './web-phone.js';

/** A talk stands still for 5 s at most when the fault is over. */
export const soonMs = 5_000;

/** What the newest call's timeline tells so far. */
export const kindsOf = async (stage: Stage) => (await stage.lastCall()).timeline.map(({ kind }) => kind);

export async function untilTold(stage: Stage, kind: FactKind, timeout = 20_000): Promise<void> {
  await expect.poll(() => kindsOf(stage), { timeout, intervals: [100] }).toContain(kind);
}

/** How long after `from` (ms) the fact happened. */
export async function sinceUntil(stage: Stage, kind: FactKind, from: number): Promise<number> {
  const fact = (await stage.lastCall()).timeline.find((one) => one.kind === kind);
  return Date.parse(fact?.at ?? '') - from;
}

/** A ready agent answers a customer; the two hear each other. */
export async function talk(stage: Stage, agent: AgentDesk): Promise<WebPhone> {
  await agent.ready();
  const customer = await stage.customer();
  await customer.calls();
  await agent.answers();
  await expectVoices(customer.page, 'agent');
  return customer;
}

/** When (ms) the customer hears the agent again, looked at all the time. */
export async function untilHeard(page: Page): Promise<number> {
  for (;;) {
    const from = Date.now();
    if ((await listen(page, 200)).agent > audible) return from;
  }
}
