import { api } from '../db/api-schema.ts'
import { dismissalColumns } from './dismissals.table.ts'

const dismissalView = (name: string) => api.table(name, dismissalColumns())

/** Anomalies in the caller's records that were dismissed. */
export const ownDismissals = dismissalView('own_dismissed_anomalies')

/** The same for all users; granted to admins. */
export const allDismissals = dismissalView('all_dismissed_anomalies')
