/**
 * How ARI says that a channel has gone or is about to: 404 it does not exist, 409 and 422 it has left our application,
 * 400 for `addChannel` of one that does not exist. Commands for such legs resolve; `leg.ended` tells the story.
 */
export const legGone: readonly number[] = [400, 404, 409, 422];
