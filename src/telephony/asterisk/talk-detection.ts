/** A pause shorter than this belongs to what is being said. */
export const silenceMs = 300;

/** Mean sample value of a 20 ms frame above which somebody speaks; G.711 line noise stays well below. */
const speechLevel = 256;

/** Sets Asterisk's detection of speech on what a channel's party says. */
export const talkDetection = { variable: 'TALK_DETECT(set)', value: `${silenceMs},${speechLevel}` } as const;
