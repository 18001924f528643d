/**
 * The presence part of routing's script, as Lua source. Routing takes a waiting call and an agent in one atomic script,
 * so the one move that this feature does not make itself (ready → ringing) is written here, beside the keys' layout.
 *
 * Defines in Lua:
 * - `idle_agent(idle_key, presence_prefix, members_key)`: the longest idle agent who may be rung and is a member;
 * - `reserve(idle_key, presence_prefix, log_key, agent_id, call_id, handling_id, now)`: the move `reserved`.
 */
export const reservationLua = `
local function idle_agent(idle_key, presence_prefix, members_key)
  local agents = redis.call('ZRANGE', idle_key, 0, -1)
  for _, agent_id in ipairs(agents) do
    if redis.call('SISMEMBER', members_key, agent_id) == 1 then
      local seen = redis.call('HMGET', presence_prefix .. agent_id, 'state', 'deviceReady')
      if seen[1] == 'ready' and seen[2] == '1' then return agent_id end
      redis.call('ZREM', idle_key, agent_id)
    end
  end
  return nil
end

local function reserve(idle_key, presence_prefix, log_key, agent_id, call_id, handling_id, now)
  local key = presence_prefix .. agent_id
  redis.call('HSET', key, 'state', 'ringing', 'since', now, 'reason', '', 'callId', call_id,
    'handlingId', handling_id, 'next', '', 'nextReason', '')
  redis.call('HINCRBY', key, 'revision', 1)
  redis.call('ZREM', idle_key, agent_id)
  redis.call('XADD', log_key, '*', 'agentId', agent_id, 'at', now, 'state', 'ringing', 'reason', '',
    'callId', call_id, 'handlingId', handling_id, 'deviceReady', '1')
end
`;

/** Keys that the reservation works on. The agents' own keys are made within the script from `presencePrefix`. */
export const reservationKeys = { idle: 'agents:idle', log: 'agents:log', presencePrefix: 'agents:presence:' };
