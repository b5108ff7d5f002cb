import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { CliError } from '../dev/cli-error.ts'
import type { Assets } from './assets.ts'

const TYPES: Record<string, string> = {
  '': 'text/plain; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** What the static files of a folder are served as: the rules of Cloudflare's static assets. */
export function readAssets(folder: string): Assets {
  if (existsSync(path.join(folder, '_redirects'))) {
    throw new CliError('The container does not know _redirects; container/asset-manifest.ts would.')
  }
  const rules = readHeaderRules(path.join(folder, '_headers'))
  const assets: Assets = {}
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `/${name.split(path.sep).join('/')}`)
    .filter((name) => name !== '/_headers' && statSync(path.join(folder, name)).isFile())
  for (const file of files.toSorted()) {
    const extension = path.extname(file).toLowerCase()
    const type = TYPES[extension]
    if (type === undefined) {
      throw new CliError(`Add the type of ${file} to container/asset-manifest.ts.`)
    }
    const etag = createHash('sha256')
      .update(readFileSync(path.join(folder, file)))
      .digest('hex')
    const served = extension === '.html' ? file.replace(/(?:(\/)index)?\.html$/, '$1') : file
    assets[served] = { file, type, etag, headers: headersFor(served, rules) }
    if (served !== file) assets[file] = { redirect: served }
    if (served.endsWith('/') && served !== '/') assets[served.slice(0, -1)] ??= { redirect: served }
  }
  return assets
}

interface Rule {
  prefix: string
  splat: boolean
  headers: Record<string, string>
}

/** The part of Cloudflare's format that public/_headers uses; the rest is refused. */
function readHeaderRules(file: string): Rule[] {
  const rules: Rule[] = []
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  for (const line of lines) {
    const [, prefix, splat] = /^(\/[^*:\s]*)(\*?)\s*$/.exec(line) ?? []
    const [, name, value] = /^\s+([\w-]+):\s*(.*?)\s*$/.exec(line) ?? []
    const last = rules.at(-1)
    if (prefix !== undefined) rules.push({ prefix, splat: splat === '*', headers: {} })
    else if (name !== undefined && value !== undefined && last) last.headers[name] = value
    else if (line.trim() !== '' && !line.startsWith('#')) {
      throw new CliError(`container/asset-manifest.ts does not know this line of _headers: ${line}`)
    }
  }
  return rules
}

function headersFor(served: string, rules: Rule[]): Record<string, string> {
  const matching = rules.filter(({ prefix, splat }) =>
    splat ? served.startsWith(prefix) : served === prefix,
  )
  return Object.assign({}, ...matching.map(({ headers }) => headers)) as Record<string, string>
}
