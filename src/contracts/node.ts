/** The name of the only machine of a house that has one. */
export const mainNode = 'main';
