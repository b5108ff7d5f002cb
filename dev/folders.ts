import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { CliError, messageOf } from './cli-error.ts'

/**
 * Makes a folder with those above it that are missing, and returns the first one that was made.
 * One by one: in /proc, a recursive mkdirSync tries for ever.
 */
export function makeFolders(folder: string): string | undefined {
  try {
    return make(folder)
  } catch (error) {
    throw new CliError(`Cannot make the folder ${folder}: ${messageOf(error)}`)
  }
}

function make(folder: string): string | undefined {
  if (isFolder(folder)) return undefined
  const parent = path.dirname(folder)
  const first = parent === folder ? undefined : make(parent)
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another start may have made it meanwhile.
    if (isFolder(folder)) return first
    throw error
  }
  return first ?? folder
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false
}
