import { Failure } from './failure.mjs';

/**
 * A setting that counts something, as it is written.
 * @param {string} name
 * @param {number} otherwise
 * @param {NodeJS.ProcessEnv} env
 */
export function wholeNumber(name, otherwise, env) {
  const value = env[name] || String(otherwise);
  if (!/^[1-9][0-9]{0,5}$/.test(value))
    throw new Failure(`${name} is "${value}", which is no count.`, 'Set a number from 1 on.');
  return value;
}
