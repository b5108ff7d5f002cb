import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readAssets } from '../../container/asset-manifest.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'edgebook-assets-'))))
afterEach(() => rmSync(folder, { recursive: true }))

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
}

it('Pages are served without their ending, and the address with it moves there', () => {
  write({ 'index.html': '1', 'app/index.html': '2', 'help.html': '3', 'app/main.js': '4' })
  const assets = readAssets(folder)
  expect(Object.keys(assets).sort()).toEqual(
    [
      '/',
      '/app',
      '/app/',
      '/app/index.html',
      '/app/main.js',
      '/help',
      '/help.html',
      '/index.html',
    ].sort(),
  )
  expect(assets['/app/']).toMatchObject({
    file: '/app/index.html',
    type: 'text/html; charset=utf-8',
  })
  expect(assets['/app']).toEqual({ redirect: '/app/' })
  expect(assets['/help.html']).toEqual({ redirect: '/help' })
  expect(assets['/index.html']).toEqual({ redirect: '/' })
})

it('_headers adds headers to the paths that it names and is not served', () => {
  write({
    _headers:
      '# all\n/*\n  X-All: 1\n  Link: <https://x>; rel=y\n/app/*\n  X-All: 2\n/one.css\n  X-One: yes\n',
    'one.css': '',
    'app/two.css': '',
  })
  const assets = readAssets(folder)
  expect(assets['/_headers']).toBeUndefined()
  expect(assets['/one.css']).toMatchObject({
    headers: { 'X-All': '1', 'X-One': 'yes', Link: '<https://x>; rel=y' },
  })
  expect(assets['/app/two.css']).toMatchObject({ headers: { 'X-All': '2' } })
})

it.each([
  [{ _headers: '/:page/*\n  X: 1\n' }, 'does not know this line of _headers'],
  [{ _headers: '/*\n  ! X-Robots\n' }, 'does not know this line of _headers'],
  [{ _redirects: '/a /b' }, '_redirects'],
  [{ 'a.xyz': '' }, 'Add the type of /a.xyz'],
])(
  'The build refuses what it cannot serve as Cloudflare does: %o',
  (files: Record<string, string>, message) => {
    write(files)
    expect(() => readAssets(folder)).toThrow(message)
  },
)
