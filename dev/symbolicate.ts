import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { SourceMap, type SourceMapPayload } from 'node:module'
import path from 'node:path'
import { CliError, runTool } from './cli-error.ts'
import { projectFolder } from './project.ts'

// npm run symbolicate -- index.js:66:47190 …: the places of a deployed bundle, as the log has them, in the
// source. It reads dist/, so check out what is deployed and run `npm run build` first.

/** Such as `index.js:66:47190`, which counts lines and columns from 1. */
const PLACE = /index\.js:(\d+):(\d+)/

function findPlace(map: SourceMap, place: string): string {
  const [, line, column] = PLACE.exec(place) ?? []
  if (line === undefined || column === undefined) {
    throw new CliError(`"${place}" is not a place such as index.js:66:47190.`)
  }
  const origin = map.findOrigin(Number(line), Number(column))
  if (!('fileName' in origin)) return `${place}  not in the source map`
  const file = path.relative(projectFolder, path.resolve(projectFolder, 'dist', origin.fileName))
  return `${place}  ${file}:${origin.lineNumber}:${origin.columnNumber}`
}

await runTool(async () => {
  const places = process.argv.slice(2)
  const file = path.join(projectFolder, 'dist', 'index.js.map')
  if (places.length === 0) throw new CliError('Name places, such as index.js:66:47190.')
  if (!existsSync(file)) throw new CliError('dist/index.js.map is missing: run `npm run build`.')
  const map = new SourceMap(JSON.parse(await readFile(file, 'utf8')) as SourceMapPayload)
  for (const place of places) console.log(findPlace(map, place))
})
