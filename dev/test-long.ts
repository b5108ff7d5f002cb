import { argv, env } from 'node:process'

// npm run test:long: the tests that have a number of rounds, with many times as many of them.

env['EDGEBOOK_LONG'] = '1'
if (argv.length === 2) argv.push('test/faults')
await import('./test.ts')
