import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { projectFolder } from './project.ts'

const FILES = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'favicon-32x32.png',
  'favicon-16x16.png',
  'LICENSE',
]

/** Copies Swagger UI's own files to where the Worker serves them; unchanged ones are left alone. */
export function copySwaggerUi(): void {
  const manifest = createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')
  const target = path.join(projectFolder, 'public', 'swagger-ui-dist')
  mkdirSync(target, { recursive: true })
  for (const file of FILES) {
    const from = path.join(path.dirname(manifest), file)
    const to = path.join(target, file)
    if (existsSync(to) && readFileSync(to).equals(readFileSync(from))) continue
    copyFileSync(from, to)
  }
}

if (import.meta.main) copySwaggerUi()
