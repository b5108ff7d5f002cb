import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { CliError } from '../../dev/cli-error.ts'
import { makeFolders } from '../../dev/folders.ts'
import { makeTemporaryFolder } from '../../dev/postgres-account.ts'

const parent = makeTemporaryFolder('edgebook-folders-')
afterAll(() => rmSync(parent, { recursive: true, force: true }))

it('makeFolders makes the missing folders and returns them', () => {
  mkdirSync(path.join(parent, 'a'))
  const folder = path.join(parent, 'a', 'b', 'c')
  expect(makeFolders(folder)).toEqual([path.join(parent, 'a', 'b'), folder])
  expect(existsSync(folder)).toBe(true)
  expect(makeFolders(folder)).toEqual([])
})

it('makeFolders refuses a folder that cannot be made, and returns at once', () => {
  const file = path.join(parent, 'file')
  writeFileSync(file, '')
  const places = [file, path.join(file, 'below')]
  if (process.platform === 'linux') places.push('/proc/foo', '/proc/foo/bar')
  for (const place of places) {
    expect(() => makeFolders(place)).toThrow(CliError)
    expect(() => makeFolders(place)).toThrow(`Cannot make the folder ${place}: `)
  }
})
