/** `node --import ./test/support/typescript/register.mjs x.ts`: for tests that need a process of their own, to kill it. */
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
