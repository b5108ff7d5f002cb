import {
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { build, type InlineConfig } from 'vite'
import { copySwaggerUi } from '../dev/copy-swagger-ui.ts'
import { runPackage } from '../dev/check/tool.ts'
import { messageOf, runTool } from '../dev/cli-error.ts'
import { projectFolder } from '../dev/project.ts'
import { readAssets } from './asset-manifest.ts'
import { readWorkerManifest } from './worker-manifest.ts'
import { writeWorkerdConfig } from './workerd-config.ts'

// npm run build:container: everything that the image has, in one folder. It needs no node_modules.

export async function buildServer(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(path.join(folder, 'bin'), { recursive: true })
  copySwaggerUi()
  const manifest = readWorkerManifest()
  const workerFolder = path.join(folder, 'worker')
  // The very bundle that `npm run deploy` uploads.
  await runPackage('wrangler', 'deploy', '--dry-run', `--outdir=${workerFolder}`)
  for (const name of ['index.js.map', 'README.md'])
    rmSync(path.join(workerFolder, name), { force: true })
  await bundle(path.join(projectFolder, 'container'), ['entry.ts', 'front.ts'], workerFolder)
  await bundle(path.join(projectFolder, 'container'), ['main.ts'], path.join(folder, 'server'))
  writeFileSync(
    path.join(folder, 'workerd.capnp'),
    writeWorkerdConfig(manifest, readAssets(manifest.assets)),
  )
  writeFileSync(
    path.join(folder, 'worker.json'),
    `${JSON.stringify({ ...manifest, assets: 'public' }, null, 2)}\n`,
  )
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n')
  cpSync(manifest.assets, path.join(folder, 'public'), { recursive: true })
  cpSync(path.join(projectFolder, 'drizzle'), path.join(folder, 'drizzle'), { recursive: true })
  linkOrCopy(process.execPath, path.join(folder, 'bin', 'node'))
  linkOrCopy(workerdProgram(), path.join(folder, 'bin', 'workerd'))
}

/** Bundles with everything that is imported, for workerd and for Node. */
async function bundle(root: string, entries: string[], folder: string): Promise<void> {
  const config: InlineConfig = {
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      minify: true,
      target: 'node24',
      rolldownOptions: {
        input: entries.map((entry) => path.join(root, entry)),
        external: [/^cloudflare:/, /\/src\/index\.ts$/, 'pg-native'],
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          paths: (id) => (id.endsWith('/src/index.ts') ? './index.js' : id),
        },
      },
    },
    ssr: { noExternal: true },
  }
  await build(config)
}

/** The native program: node_modules/.bin/workerd is a script that starts it. */
export function workerdProgram(): string {
  const { default: program } = createRequire(import.meta.url)('workerd') as { default: string }
  return program
}

function linkOrCopy(from: string, to: string): void {
  const real = realpathSync(from)
  try {
    linkSync(real, to)
  } catch (error) {
    if (!/EXDEV|EPERM|EMLINK/.test(messageOf(error))) throw error
    copyFileSync(real, to)
  }
}

if (import.meta.main) {
  await runTool(async () => {
    const folder = path.resolve(process.argv[2] ?? path.join(projectFolder, 'dist', 'container'))
    await buildServer(folder)
    console.log(`Built ${folder}`)
  })
}
