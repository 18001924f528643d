import { agentIdOf, CallStory } from '../../../test/builders/call-story.js';
import { inTalk, judges } from '../../../test/builders/call-verdicts.js';
import { callForHelp, helpCall } from './help-commands.js';

const lead = { id: agentIdOf('800'), name: '张慧', number: '800' };
const called = () => inTalk(new CallStory()).agent(callForHelp);
const came = () => {
  const story = called()
    .passes(5_000)
    .lead((call, now) => helpCall(call, lead, 'whisper', now));
  const legId = story.call.helps[0]?.legId ?? '';
  story.engine({ kind: 'leg.answered', legId });
  return story.engine({ kind: 'leg.listening', legId, targetLegId: story.handling.legId, mode: 'whisper' });
};

judges('20', '', [
  ['a lead came', came, '801', 'for-inspector', 'help.came', { count: 1, seconds: 5 }],
  ['nobody came', called, '801', 'for-inspector', 'help.nobody-came', { count: 1 }],
  ['never asked', () => inTalk(new CallStory()), '801', 'for-inspector', 'for-inspector'],
]);
