import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CliError } from '../cli-error.ts'
import { projectFolder } from '../project.ts'
import { runPackage } from './tool.ts'

const read = (name: string) => readFileSync(path.join(projectFolder, name), 'utf8')

/** Checks the types of wrangler.toml with the flags that their file was generated with. */
export async function compareBindingTypes(): Promise<string> {
  const file = 'worker-configuration.d.ts'
  const flags = /`wrangler types([^`]*)`/.exec(read(file))?.[1]
  if (flags === undefined) throw new CliError(`${file} does not say how it was generated.`)
  await runPackage('wrangler', 'types', ...flags.split(' ').filter(Boolean), '--check')
  return ''
}

/** The version is in package.json and, for the Worker, in its source. */
export async function compareVersions(): Promise<string> {
  const { VERSION } = await import('../../src/http/openapi.ts')
  const { version } = JSON.parse(read('package.json')) as { version: string }
  if (version !== VERSION) {
    throw new CliError(`package.json says ${version}, src/http/openapi.ts says ${VERSION}.`)
  }
  return version
}
