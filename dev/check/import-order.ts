import type { OxlintOverride } from 'oxlint'

/**
 * The folders of src, lowest first: each imports only from those before it. Subfolders count as
 * folders of their own; `*` stands for the files directly in a folder.
 */
const FOLDERS = [
  'config.ts',
  'lib',
  'rate-limit',
  'db',
  'access',
  'http',
  'accounts/*',
  'accounts/users',
  'accounts/totp',
  'accounts/sessions',
  'accounts/login',
  'accounts/api-keys',
  'transactions/*',
  'transactions/bulk',
  'transactions/import',
  'transactions/export',
  'recurring',
  'forecast',
  'anomalies',
  'dashboard',
  'operations/idempotency',
  'operations/audit',
  'operations/consistency',
  'operations/maintenance',
  'operations/system',
  'container.ts',
  'app.ts',
  'index.ts',
]

interface Pattern {
  regex: string
  message: string
  allowTypeImports?: boolean
}

const REPOSITORY: Pattern[] = [
  {
    regex: '^@?hono(/|$)|/http/|\\.(routes|schema|service)\\.ts$',
    message: 'Repositories know neither HTTP nor the layers above them.',
  },
]

const DESCRIPTION: Pattern[] = [
  {
    regex: '^hono(/|$)|/http/|\\.(routes|schema|service|repository)\\.ts$',
    message: 'Descriptions of records know only columns and rules.',
  },
]

/** The layers within a feature, by the suffix of a file: route → service → repository. */
const LAYERS: Record<string, Pattern[]> = {
  '*.ts': [],
  '*.{routes,schema}.ts': [
    {
      regex: '\\.(repository|service)\\.ts$',
      allowTypeImports: true,
      message: 'Routes take services from the context; only types may be imported.',
    },
    { regex: '/db/client\\b|\\.(table|views)\\.ts$', message: 'Routes call services.' },
  ],
  '*.service.ts': [
    {
      regex: '^@?hono(/(?!jwt|utils)|$)|/http/|\\.(routes|schema)\\.ts$',
      message: 'Services know rules and no HTTP.',
    },
    {
      regex: '\\.repository\\.ts$|/db/client\\b',
      allowTypeImports: true,
      message: 'Services are given their repositories; only types may be imported.',
    },
  ],
  '*.repository.ts': REPOSITORY,
  // Descriptions of records, with their tables and views.
  '*.{fields,table,views}.ts': DESCRIPTION,
  // Queries that several repositories share.
  '{filters,search,totals}.ts': REPOSITORY,
}

const OUTSIDE: Pattern = {
  regex: '^(zod(/|$)|node:|cloudflare:)|^(\\.\\./)+(dev|test|bench)/',
  message: 'src takes z from @hono/zod-openapi and nothing from Node, dev, test and bench.',
}

const SQL: Pattern = {
  regex: '^(drizzle-orm|@neondatabase)(/|$)',
  message: 'Only repositories and src/db write queries.',
}

const isFile = (folder: string) => folder.endsWith('.ts')
const globOf = (folder: string, files: string) => {
  if (isFile(folder)) return `src/${folder}`
  return folder.endsWith('/*') ? `src/${folder.slice(0, -1)}${files}` : `src/${folder}/**/${files}`
}

/** A pattern for imports of `folders` from a file in `from`. */
function importsOf(folders: readonly string[], from: string): Pattern {
  const [top] = from.split('/')
  const names = folders.map((folder) => {
    const [first, second] = folder.split('/')
    if (isFile(folder)) return `^(\\.{1,2}/)+${folder.replace('.', '\\.')}$`
    return first === top && second !== undefined ? `^\\.{1,2}/${second}/` : `^(\\.{1,2}/)+${first}/`
  })
  return {
    regex: [...new Set(names)].join('|') || '^$',
    message: 'A folder imports only from those before it: see dev/check/import-order.ts.',
  }
}

const restrict = (files: string[], patterns: Pattern[]): OxlintOverride => ({
  files,
  rules: { 'eslint/no-restricted-imports': ['error', { patterns }] },
})

/** The last override that matches a file replaces the others, so each has all patterns. */
const ofSource = FOLDERS.flatMap((folder, index) => {
  const order = importsOf(FOLDERS.slice(index + 1), folder)
  if (isFile(folder)) return [restrict([`src/${folder}`], [OUTSIDE, order])]
  return Object.entries(LAYERS).map(([files, layer]) => {
    const writesQueries = layer === REPOSITORY || layer === DESCRIPTION || folder === 'db'
    const patterns = [OUTSIDE, order, ...layer, ...(writesQueries ? [] : [SQL])]
    return restrict([globOf(folder, files)], patterns)
  })
})

const NO_BENCH: Pattern = { regex: '^(\\.{1,2}/)+(bench|test)/', message: 'bench → dev → src.' }
const NO_TESTS: Pattern = { regex: '^(\\.{1,2}/)+test/', message: 'bench → dev → src.' }

/** Overrides for oxlint: which file may import what. */
export const importOrder = [
  ...ofSource,
  // The Durable Object, and the module that takes the place of zod.
  restrict(
    ['src/rate-limit/rate-limiter.ts'],
    [
      {
        regex: '^(zod|node:|hono|@hono|drizzle-orm|@neondatabase)|^(\\.\\./)+(?!config\\.ts|lib/)',
        message: 'The Durable Object needs cloudflare:workers and nothing else.',
      },
    ],
  ),
  restrict(
    ['src/http/zod.ts'],
    [
      {
        regex: '^(?!zod/v4$)',
        message: 'This replaces zod in the bundle and imports nothing else.',
      },
    ],
  ),
  restrict(['dev/**/*.ts'], [NO_BENCH]),
  restrict(['bench/**/*.ts'], [NO_TESTS]),
]
