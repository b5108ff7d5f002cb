import type { Assets } from './assets.ts'
import type { WorkerManifest } from './worker-manifest.ts'

/** Where the Worker sends every request of its own: the SQL endpoint is all that it can reach. */
export const SQL_URL = 'http://sql.internal/sql'

// Text of Cap'n Proto has the escapes of JSON, but for \u.
const quote = (text: string) =>
  JSON.stringify(text).replaceAll(/\\u00([0-9a-f]{2})/g, (_, hex) => `\\x${hex}`)
const list = (items: string[]) => `[\n    ${items.join(',\n    ')}\n  ]`

const SERVICES = `# Written by container/build.ts.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "front", worker = .front),
    (name = "api", worker = .api),
    (name = "files", disk = (path = "public")),
    (name = "state", disk = (path = "state", writable = true)),
    (name = "sql", external = (address = "unix:sql", http = ())),
  ],
  sockets = [
    (name = "http", address = "127.0.0.1:0", http = (), service = "front"),
    (name = "cron", address = "unix:cron", http = (), service = (name = "api", entrypoint = "CronTrigger")),
  ],
);

`

/**
 * The configuration of workerd. Secrets are not in it: workerd takes them from its environment. What
 * differs from start to start (addresses, the data folder) is given by arguments, by these names.
 */
export function writeWorkerdConfig(manifest: WorkerManifest, assets: Assets): string {
  const { compatibilityDate, compatibilityFlags, vars, secrets, durableObjects } = manifest
  const runtime = `compatibilityDate = ${quote(compatibilityDate)},
  compatibilityFlags = [${compatibilityFlags.map(quote).join(', ')}],`
  const fromEnvironment = (name: string) =>
    `(name = ${quote(name)}, fromEnvironment = ${quote(name)})`
  const namespaces = durableObjects.map(
    ({ class_name: name }) =>
      `(className = ${quote(name)}, uniqueKey = ${quote(`edgebook-${name}`)}, enableSql = true)`,
  )
  const bindings = durableObjects.map(
    (each) => `(name = ${quote(each.name)}, durableObjectNamespace = ${quote(each.class_name)})`,
  )
  return `${SERVICES}const front :Workerd.Worker = (
  modules = [(name = "front.js", esModule = embed "worker/front.js")],
  ${runtime}
  globalOutbound = "sql",
  bindings = ${list([
    '(name = "API", service = "api")',
    '(name = "FILES", service = "files")',
    `(name = "ASSETS", json = ${quote(JSON.stringify(assets))})`,
    fromEnvironment('TRUSTED_PROXIES'),
    fromEnvironment('TRUSTED_PROXY_HEADER'),
  ])},
);

const api :Workerd.Worker = (
  modules = [
    (name = "entry.js", esModule = embed "worker/entry.js"),
    (name = "index.js", esModule = embed "worker/index.js"),
  ],
  ${runtime}
  globalOutbound = "sql",
  durableObjectNamespaces = ${list(namespaces)},
  durableObjectStorage = (localDisk = "state"),
  bindings = ${list([...bindings, ...[...Object.keys(vars), ...secrets].map(fromEnvironment)])},
);
`
}
