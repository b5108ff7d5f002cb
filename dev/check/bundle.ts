import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { runPackage } from './tool.ts'

const inKib = (bytes: number) => `${Math.round(bytes / 1024)} KiB`

/** Bundles the Worker as a deployment would, and says how large it is. */
export async function bundleWorker(folder: string): Promise<string> {
  await runPackage('wrangler', 'deploy', '--dry-run', `--outdir=${folder}`)
  const bundle = readFileSync(path.join(folder, 'index.js'))
  return `${inKib(bundle.length)}, ${inKib(gzipSync(bundle).length)} gzipped`
}
