import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { projectFolder } from './project.ts'

/** Every package, or path in one, that the Worker's source imports. */
export function findWorkerImports(): string[] {
  const source = path.join(projectFolder, 'src')
  const found = new Set<string>()
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue
    const text = readFileSync(path.join(source, file), 'utf8')
    // Types have no code to bundle.
    for (const [, name] of text.matchAll(/^(?:import|export)(?! type)[^'";]*from '([^']+)'/gm)) {
      if (name !== undefined && /^[a-z@]/.test(name) && !name.includes(':')) found.add(name)
    }
  }
  return [...found].toSorted()
}
