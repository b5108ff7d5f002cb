import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createApp } from '../src/app.ts'
import { openApiDocument } from '../src/http/openapi.ts'
import { projectFolder } from './project.ts'

// `npm run openapi` writes openapi.json; with --check it only compares, for CI.

const file = path.join(projectFolder, 'openapi.json')
const text = `${JSON.stringify(openApiDocument(createApp()), null, 2)}\n`

if (!process.argv.includes('--check')) {
  writeFileSync(file, text)
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('openapi.json is not what the routes say. Run `npm run openapi` and commit it.')
  process.exitCode = 1
}
