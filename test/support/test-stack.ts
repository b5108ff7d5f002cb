import { startFaultProxy } from './fault-proxy.ts'
import { prepareDatabase } from '../../dev/local-database.ts'
import { migrateLocal } from '../../dev/migrate.ts'
import { startNeonEndpoint } from '../../dev/neon-endpoint.ts'
import { makeTemporaryFolder } from '../../dev/postgres-account.ts'
import { removeCluster, startPostgres } from '../../dev/postgres.ts'
import { removeStaleClusters } from '../../dev/remove-stale-clusters.ts'
import { startTestDatabases } from './test-databases.ts'

const PREFIX = 'edgebook-test-'
const TEMPLATE = 'edgebook_template'

/** What tests need to reach the stack. */
export interface TestStack {
  /** Makes and drops databases: see test-databases.ts. */
  controlUrl: string
  /** The database that they are clones of. */
  template: { appUrl: string; loginUrl: string; ownerUrl: string }
  /** The counting Neon endpoint. */
  neonUrl: string
  /** Stands before that one and fails as a path asks: see fault-proxy.ts. */
  faultyUrl: string
  /** The superuser of the cluster, for tests that run in Node. */
  superuserUrl: string
}

/** Starts a cluster of its own with a migrated template database, and what stands before it. */
export async function startTestStack(): Promise<TestStack & { stop(): Promise<void> }> {
  await removeStaleClusters(PREFIX)
  const dataDir = makeTemporaryFolder(PREFIX)
  const postgres = await startPostgres({ dataDir, durable: false })
  try {
    const ownerUrl = await prepareDatabase(postgres.url, TEMPLATE)
    const { appUrl, loginUrl } = await migrateLocal(ownerUrl)
    const neon = await startNeonEndpoint()
    const faulty = await startFaultProxy({ target: neon.url, delayMs: 80 })
    const template = { appUrl, loginUrl, ownerUrl }
    const databases = await startTestDatabases({
      template: TEMPLATE,
      superuserUrl: postgres.url,
      ...template,
    })
    return {
      controlUrl: databases.url,
      template,
      neonUrl: neon.url,
      faultyUrl: faulty.url,
      superuserUrl: postgres.url,
      stop: async () => {
        await databases.stop()
        await faulty.stop()
        await neon.stop()
        await postgres.stop()
        await removeCluster(dataDir)
      },
    }
  } catch (error) {
    await postgres.stop()
    await removeCluster(dataDir)
    throw error
  }
}
