/** Threads that the product starts in a suite read TypeScript too: jest's own loader is the suite's alone. */
process.execArgv.push('--import', new URL('./register.mjs', import.meta.url).href);
