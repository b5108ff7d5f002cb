import fc from 'fast-check'

// The same cases in each run, so that a figure about tests does not hang on luck.
// A counterexample need not be short there.
fc.configureGlobal({ seed: 20261125, endOnFailure: true })
