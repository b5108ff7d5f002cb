import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { expectNames } from '../support/differences.ts'
import { isLong } from '../support/iterations.ts'
import { operations } from '../support/operations.ts'
import { cases } from '../contract/expectations.ts'
import { fillTwins, maskIn, modes, startTwins, type Field, type Mode, type Twins } from './twins.ts'
import { Walker } from './walk.ts'

/** An analyst may send whatever a viewer may; each role has views of its own. */
const roles = isLong ? (['analyst', 'viewer'] as const) : (['analyst'] as const)

/** Tests of one mode: a file has one, so that two run at once. */
export function compareTwins(mode: Mode): void {
  const fields = (Object.keys(modes) as Field[]).filter((field) =>
    (modes[field] as readonly Mode[]).includes(mode),
  )
  let twins: Twins

  beforeAll(async () => {
    // The default period of a dashboard ends today, so all requests belong to one day.
    vi.useFakeTimers({ toFake: ['Date'] })
    twins = await startTwins()
  })
  afterAll(async () => {
    vi.useRealTimers()
    await twins.drop()
  })

  describe.each(roles)('For the role %s, two databases', (role) => {
    it.each(fields)(
      `respond equally if they differ in a masked field only: %s, ${mode}`,
      async (field) => {
        const world = await fillTwins(twins, role, field, mode)
        await maskIn(twins, role, { [field]: mode })
        const walker = new Walker({ twins, world, role, field, mode })
        await walker.everything()
        const callable = operations.filter((each) => each.roles?.includes(role))
        expectNames(
          [...walker.visited],
          callable.map(({ id }) => id),
        )
        expect(walker.differences).toEqual([])
      },
    )

    it.each(fields)(
      `respond differently if the field is not masked: %s, ${mode}`,
      async (field) => {
        const world = await fillTwins(twins, role, field, mode)
        await maskIn(twins, role, {})
        for (const id of ['listTransactions', 'exportTransactions', 'getDashboardRecent']) {
          const walker = new Walker({ twins, world, role, field, mode })
          expect(await walker.differs(cases.find((each) => each.id === id)!), id).toBe(true)
        }
      },
    )
  })
}
