import { createHash } from 'node:crypto';
import { decodeOggOpus } from '../support/opus-decoding.js';
import { hearsTone } from '../support/phones/tone-detector.js';
import { audible, listen, silent, tones } from './hearing.js';
import { expect, test } from './stage.js';

test('a call in two browsers: answered by key, held with music, ended by the customer, scored, and the agent sees it', async ({
  stage,
}) => {
  const lead = await stage.person('lead');
  const card = lead.locator('[data-testid="agent"][data-agent="801"]');
  const agent = await stage.agent('801');
  const desk = agent.page;

  await test.step('the microphone is checked before the shift', async () => {
    await desk.getByTestId('microphone-check').click();
    await expect(desk.getByTestId('check-loudness')).toHaveAttribute('data-loudness', /good|loud/);
    await desk.keyboard.press('Escape');
    await expect(desk.getByTestId('check-loudness')).toBeHidden();
    await agent.ready();
    await expect(card).toHaveAttribute('data-state', 'ready');
  });

  const customer = await stage.customer();
  await test.step('it rings, counted, and is answered by key', async () => {
    await customer.calls();
    await agent.rings();
    await expect(desk.getByTestId('ring-count')).toHaveAttribute('data-ring', /[123]/);
    await expect(desk.getByTestId('ring-left')).toContainText(/\d/);
    await expect(card).toHaveAttribute('data-state', 'ringing');
    await agent.answers();
    await expect(desk.getByTestId('greeting')).toContainText('801');
    await expect(card).toHaveAttribute('data-state', 'talking');
  });

  const bothHearEachOther = async () => {
    await expect(async () => {
      const [atCustomer, atAgent] = [await listen(customer.page), await listen(desk)];
      expect(atCustomer.agent, 'the customer hears the agent').toBeGreaterThan(audible);
      expect(atCustomer.customer, 'the customer does not hear an echo').toBeLessThan(silent);
      expect(atAgent.customer, 'the agent hears the customer').toBeGreaterThan(audible);
      expect(atAgent.agent, 'the agent does not hear an echo').toBeLessThan(silent);
    }).toPass({ timeout: 20_000 });
  };
  await test.step('each hears the other', bothHearEachOther);

  await test.step('a hold: music for the customer only, an alarm on the floor at the limit', async () => {
    await agent.holds(15);
    await expect(card).toHaveAttribute('data-state', 'held');
    await expect(async () => {
      const [atCustomer, atAgent] = [await listen(customer.page), await listen(desk)];
      expect(atCustomer.rest, 'the customer hears music').toBeGreaterThan(audible);
      expect(atCustomer.agent, 'and not the agent').toBeLessThan(atCustomer.rest);
      expect(atAgent.loudness, 'the agent hears neither music nor the customer').toBeLessThan(silent);
    }).toPass({ timeout: 10_000 });
    await expect(desk.getByTestId('hold-bar')).toHaveAttribute('data-alarm', 'limit', { timeout: 20_000 });
    await expect(card).toHaveAttribute('data-need', 'hold-limit');
    const alarm = lead.locator('[data-testid="alarm"][data-code="hold.limit"]');
    await expect(alarm).toContainText('801');
    await alarm.getByTestId('acknowledge').click();
    await expect(alarm).toHaveAttribute('data-taken', 'true');
  });

  await test.step('after the hold the customer is thanked, and each hears the other again', async () => {
    await agent.resumes();
    await bothHearEachOther();
  });

  await test.step('the customer hangs up first; the record is asked for, kept through a reload, and closed', async () => {
    await customer.hangsUp();
    await agent.expectPhase('wrap-up');
    await expect(card).toHaveAttribute('data-state', 'wrap-up');
    await desk.getByTestId('wrapup-complete').click();
    await expect(desk.getByTestId('wrapup-missing')).not.toBeEmpty();
    await agent.fillsWrapUp('客人要一间安静的大床房');
    await expect(desk.getByTestId('draft-status')).toHaveAttribute('data-status', 'saved');
    await desk.reload();
    await expect(desk.getByTestId('wrapup-note')).toHaveValue('客人要一间安静的大床房');
    await expect(desk.getByTestId('wrapup-customer-name')).toHaveValue('王芳');
    await expect(desk.getByTestId('phone-status')).toHaveAttribute('data-status', 'ready');
    await desk.getByTestId('wrapup-complete').click();
    await agent.expectPresence('ready');
    const record = await stage.lastCall();
    expect(record).toMatchObject({ outcome: 'answered', endedBy: 'customer', channel: 'web' });
    const verdict = (clause: string) => record.verdicts.find((one) => one.clause === clause)?.outcome;
    expect(verdict('27.2')).toBe('pass');
    expect(verdict('24.13')).toBe('pass');
  });

  await test.step('the recording has each voice on its own channel', async () => {
    const recording = await stage.storedRecording();
    const file = await stage.audioOf(recording.id);
    expect(createHash('sha256').update(file).digest('hex')).toBe(recording.sha256);
    const decoded = await decodeOggOpus(file);
    expect(Math.abs(decoded.durationMs - (recording.durationMs ?? 0))).toBeLessThan(50);
    const { timeline } = await stage.lastCall();
    const placeOf = (kind: string) =>
      Date.parse(timeline.find((fact) => fact.kind === kind)?.at ?? '') - Date.parse(recording.startedAt);
    // The music of the hold has every note, so the voices are looked for while the two talk.
    const [from, until] = [placeOf('talk.started') * 48, placeOf('hold.started') * 48];
    const [left, right] = [decoded.left.subarray(from, until), decoded.right.subarray(from, until)];
    expect(momentsOf(left, tones.customer)).toBeGreaterThan(10);
    expect(momentsOf(left, tones.agent)).toBe(0);
    expect(momentsOf(right, tones.agent)).toBeGreaterThan(10);
    expect(momentsOf(right, tones.customer)).toBe(0);
  });

  await desk.getByTestId('nav-results').click();
  await test.step('the inspector scores it from its evidence', async () => {
    const page = await stage.person('inspector');
    await page.getByTestId('review-rows').locator('tbody tr.ant-table-row').first().click();
    await expect(page.getByTestId('waveform')).toBeVisible();
    const late = page.locator('[data-testid="form-item"][data-clause="24.14"]');
    await expect(late.getByTestId('evidence').first()).toBeVisible();
    await late.getByTestId('evidence').first().click();
    await page.getByTestId('accept-all').click();
    await page.getByTestId('summary').fill('保持前说明了原因');
    const picker = page.getByTestId('form-item').filter({ has: page.getByTestId('score') });
    const open = picker.and(page.locator(':not([data-done])'));
    while ((await open.count()) > 0) {
      const before = await open.count();
      await open.first().locator('[data-share="1"]').click();
      await expect(open).toHaveCount(before - 1);
    }
    await expect(page.getByTestId('saving')).toHaveAttribute('data-saving', 'saved');
    await page.getByTestId('submit-score').click();
    await page.locator('.ant-popconfirm .ant-btn-primary').click();
    await expect(page.getByTestId('submitted-by')).toBeVisible();
  });

  await test.step('the agent sees the result without a reload', async () => {
    await expect(desk.getByTestId('result-published')).toBeVisible();
    await desk.getByTestId('result').first().click();
    await expect(desk.getByTestId('result-total')).toContainText(/\d/);
    await expect(desk.getByText('保持前说明了原因')).toBeVisible();
  });
});

test('the agent presses hang up: the guard waits for the customer, then the grace ends the call', async ({
  stage,
}) => {
  const agent = await stage.agent('802');
  await agent.ready();
  const customer = await stage.customer();
  await customer.calls();
  await agent.answers();
  await agent.page.keyboard.press('e');
  await expect(agent.page.getByTestId('grace')).toBeVisible();
  await customer.expectStage('connected');
  // Both speak all the time here, and the grace runs from the last word.
  await customer.page.getByTestId('mute').click();
  await agent.page.keyboard.press('m');
  await customer.expectStage('ended', 20_000);
  await agent.wrapsUp();
  expect(await stage.lastCall()).toMatchObject({ outcome: 'answered', endedBy: 'agent' });
});

/** In how many tenths of a second the tone is most of what is heard: a voice that leaks fills the other's pauses. */
function momentsOf(samples: Int16Array, hertz: number): number {
  const tenth = 4_800;
  return Array.from({ length: Math.floor(samples.length / tenth) }, (_, i) =>
    samples.subarray(i * tenth, (i + 1) * tenth),
  ).filter((stretch) => hearsTone(stretch, hertz, 48_000)).length;
}
