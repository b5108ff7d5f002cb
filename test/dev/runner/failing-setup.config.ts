import { mergeConfig } from 'vitest/config'
import shared from './vitest.config.ts'

/** The same runs, with a setup of the whole run that fails. */
export default mergeConfig(shared, { test: { globalSetup: './failing-setup.ts' } })
