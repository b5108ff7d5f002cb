import { readFileSync, writeFileSync } from 'node:fs'
import { createApp } from '../src/app.ts'
import { openApiDocument } from '../src/http/openapi.ts'

/* `npm run openapi` writes openapi.json; with --check it only compares, for CI. */

const file = new URL('../openapi.json', import.meta.url)
const text = `${JSON.stringify(openApiDocument(createApp()), null, 2)}\n`

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error('openapi.json is not what the routes say. Run `npm run openapi` and commit it.')
    process.exit(1)
  }
} else {
  writeFileSync(file, text)
}
