import { CallRecords } from '../../src/calls/call-records.js';
import { replay } from '../../src/calls/domain/advance.js';
import { People } from '../../src/identity/people.js';
import { defaultPolicy } from '../../src/standard/policy/default-policy.js';
import { aCall, type StoryOptions, type TimelineStory } from '../builders/timeline.js';
import type { Api } from './api.js';

/** Writes a told story into the record of calls, as call control would have. */
export async function recordStory(api: Api, story: TimelineStory): Promise<TimelineStory> {
  const facts = story.events();
  const call = replay(facts);
  if (!call) throw new Error('the story has no call');
  await api
    .get(CallRecords)
    .append(null, { model: call, timeline: facts, policy: defaultPolicy, drafts: new Map() }, facts);
  return story;
}

/** Begins a story of one of the demo hotel's agents. */
export async function storyOf(api: Api, login: string, options: StoryOptions = {}): Promise<TimelineStory> {
  const agent = await api.get(People).byLogin(login);
  if (!agent) throw new Error(`nobody signs in as ${login}`);
  return aCall({ ...options, agentId: agent.id, agentNumber: login });
}
