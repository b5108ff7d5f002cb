import { defineConfig } from 'oxlint'
import { importOrder } from './dev/check/import-order.ts'

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import'],
  options: { reportUnusedDisableDirectives: 'error' },
  env: { builtin: true },
  ignorePatterns: [
    'dist',
    'coverage',
    '.wrangler',
    '.edgebook',
    'public/swagger-ui-dist',
    // Its packages are installed by its test only, so their types are unknown here.
    'test/postman',
    'worker-configuration.d.ts',
  ],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  rules: {
    'eslint/array-callback-return': 'error',
    'eslint/eqeqeq': 'error',
    'eslint/max-depth': ['error', 3],
    'eslint/no-else-return': 'error',
    'eslint/no-empty': 'error',
    'eslint/no-fallthrough': 'error',
    'eslint/no-param-reassign': 'error',
    'eslint/no-self-compare': 'error',
    'eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    'eslint/no-useless-return': 'error',
    'eslint/no-var': 'error',
    'eslint/prefer-const': 'error',
    'import/no-commonjs': 'error',
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-duplicates': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-exports': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-deprecated': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-function-type': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/prefer-includes': 'error',
    // Empty texts are meant where `||` stands between strings.
    'typescript/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
    'typescript/prefer-promise-reject-errors': 'error',
    'typescript/require-await': 'error',
    'typescript/restrict-plus-operands': 'error',
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'typescript/switch-exhaustiveness-check': 'error',

    // Attempts, waits and migrations come one after the other on purpose.
    'eslint/no-await-in-loop': 'off',
    // Control characters are what the patterns here look for.
    'eslint/no-control-regex': 'off',
    'eslint/no-underscore-dangle': 'off',
    // Takes a variable that a callback sets for one that never changes.
    'eslint/no-unmodified-loop-condition': 'off',
    'import/no-named-as-default-member': 'off',
    'oxc/no-map-spread': 'off',
    // The compiler knows it better: it sees which switches name every case.
    'typescript/consistent-return': 'off',
    // `[...text]` counts characters, which is the point of it.
    'typescript/no-misused-spread': 'off',
    // Drizzle's batches and Hono's contexts are typed wider than what is in them.
    'typescript/no-unsafe-type-assertion': 'off',
    // Services and repositories are objects of closures: there is no `this` to lose.
    'typescript/unbound-method': 'off',
    // A helper stands beside the one function that needs it.
    'unicorn/consistent-function-scoping': 'off',
    // Takes `new Request(request, { body })` for a GET.
    'unicorn/no-invalid-fetch-options': 'off',

    'eslint/no-restricted-imports': [
      'error',
      { paths: [{ name: 'zod', message: 'Import z from @hono/zod-openapi.' }] },
    ],
  },
  overrides: [
    {
      files: ['src/**/*.ts', 'dev/**/*.ts', 'bench/**/*.ts', 'container/**/*.ts'],
      excludeFiles: ['src/accounts/common-passwords.ts'],
      rules: {
        'eslint/max-lines': ['error', 250],
        'eslint/max-lines-per-function': [
          'error',
          { max: 50, skipBlankLines: true, skipComments: true },
        ],
      },
    },
    {
      // One factory holds all methods.
      files: ['src/**/*.service.ts', 'src/**/*.repository.ts'],
      rules: {
        'eslint/max-lines-per-function': [
          'error',
          { max: 90, skipBlankLines: true, skipComments: true },
        ],
      },
    },
    {
      // A table is a list of columns, indexes and checks.
      files: ['src/**/*.table.ts'],
      rules: { 'eslint/max-lines-per-function': 'off' },
    },
    {
      files: ['src/**/*.ts'],
      excludeFiles: ['src/lib/logger.ts'],
      rules: { 'eslint/no-console': 'error' },
    },
    {
      files: ['src/**/*.ts'],
      rules: {
        'import/no-nodejs-modules': 'error',
        'eslint/no-restricted-globals': ['error', 'process', 'Buffer', '__dirname', '__filename'],
        'typescript/no-unsafe-argument': 'error',
        'typescript/no-unsafe-assignment': 'error',
      },
    },
    {
      files: ['test/**/*.ts'],
      plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'vitest'],
      rules: {
        // What comes over the wire has no type; that it is right is what the tests say.
        'typescript/no-explicit-any': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
        'typescript/require-array-sort-compare': 'off',
        'unicorn/no-array-sort': 'off',
        // Long tables of values are written in lines of spreads.
        'unicorn/no-useless-spread': 'off',
        'vitest/no-focused-tests': 'error',
        'vitest/no-disabled-tests': 'error',
      },
    },
    ...importOrder,
  ],
})
