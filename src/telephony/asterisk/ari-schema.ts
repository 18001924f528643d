import { z } from 'zod';

/** Asterisk writes `2026-03-02T09:00:00.123+0800`; the colon that ISO 8601 wants in the zone is missing. */
export const ariTime = z.string().transform((text, context) => {
  const time = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (!Number.isNaN(time)) return time;
  context.addIssue({ code: 'custom', message: `not a time: ${text}` });
  return z.NEVER;
});

export const ariChannelSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  caller: z.object({ name: z.string(), number: z.string() }),
  accountcode: z.string().default(''),
  creationtime: ariTime,
  dialplan: z.object({
    exten: z.string(),
    app_name: z.string().default(''),
    app_data: z.string().default(''),
  }),
  channelvars: z.record(z.string(), z.string()).default({}),
});
export type AriChannel = z.infer<typeof ariChannelSchema>;

export const ariBridgeSchema = z.object({
  id: z.string(),
  name: z.string().default(''),
  channels: z.array(z.string()),
});
export type AriBridge = z.infer<typeof ariBridgeSchema>;

const base = { timestamp: ariTime };
const onChannel = { ...base, channel: ariChannelSchema };
const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ type: z.literal(type), ...shape });

/** The events that mean something to us, and of each what we read. */
export const ariEventSchema = z.discriminatedUnion('type', [
  event('StasisStart', onChannel),
  event('StasisEnd', onChannel),
  event('ChannelDestroyed', { ...onChannel, cause: z.number(), tech_cause: z.number().optional() }),
  event('ChannelStateChange', onChannel),
  event('Dial', { ...base, peer: ariChannelSchema, dialstatus: z.string() }),
  event('ChannelHangupRequest', {
    ...onChannel,
    cause: z.number().optional(),
    tech_cause: z.number().optional(),
    soft: z.boolean().default(false),
  }),
  event('ChannelEnteredBridge', { ...onChannel, bridge: ariBridgeSchema }),
  event('ChannelLeftBridge', { ...onChannel, bridge: ariBridgeSchema }),
  event('ChannelHold', onChannel),
  event('ChannelUnhold', onChannel),
  event('ChannelDtmfReceived', { ...onChannel, digit: z.string(), duration_ms: z.number() }),
  event('ChannelTalkingStarted', onChannel),
  event('ChannelTalkingFinished', { ...onChannel, duration: z.number() }),
  event('PlaybackFinished', {
    ...base,
    playback: z.object({ id: z.string(), target_uri: z.string(), state: z.string() }),
  }),
]);
export type AriEvent = z.infer<typeof ariEventSchema>;

/** Their names, so that the many others are passed over without being taken apart. */
export const ariEventTypes: ReadonlySet<string> = new Set(
  ariEventSchema.options.map((option) => option.shape.type.value),
);

export const ariEnvelopeSchema = z.object({ type: z.string() });

export const ariResponseSchema = z.object({
  request_id: z.string(),
  status_code: z.number(),
  reason_phrase: z.string().default(''),
  message_body: z.string().optional(),
});

export const ariPingSchema = z.object({ timestamp: ariTime });
export const ariStatusSchema = z.object({ status: z.object({ startup_time: ariTime }) });
export const ariInfoSchema = z.object({ system: z.object({ version: z.string() }) });
export const ariEndpointSchema = z.object({ state: z.string().default('unknown') });
export const ariVariableSchema = z.object({ value: z.string() });
/** Times in seconds; what the party has not reported is 0 or absent. */
export const ariRtpStatisticsSchema = z.object({
  rxcount: z.number(),
  txcount: z.number(),
  rxploss: z.number().default(0),
  txploss: z.number().default(0),
  rxjitter: z.number().default(0),
  txjitter: z.number().default(0),
  rtt: z.number().default(0),
  local_normdevrxploss: z.number().default(0),
});
export type AriRtpStatistics = z.infer<typeof ariRtpStatisticsSchema>;
export const ariStoredRecordingsSchema = z.array(z.object({ name: z.string(), format: z.string() }));
