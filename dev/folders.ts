import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { CliError, messageOf } from './cli-error.ts'

/**
 * Makes a folder and those above it that are missing, and returns the ones that were made.
 * One by one: in /proc, a recursive mkdirSync never returns.
 */
export function makeFolders(folder: string): string[] {
  const missing: string[] = []
  for (let each = folder; !isFolder(each); each = path.dirname(each)) missing.unshift(each)
  try {
    for (const each of missing) mkdirSync(each)
  } catch (error) {
    // Another start may have made it at the same time.
    if (!isFolder(folder)) {
      throw new CliError(`Cannot make the folder ${folder}: ${messageOf(error)}`)
    }
  }
  return missing
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false
}
