import { api } from '../db/api-schema.ts'
import { decisionColumns } from './recurring-decisions.table.ts'

const decisionView = (name: string) => api.table(name, decisionColumns())

/** What was said about the caller's streams. */
export const ownRecurringDecisions = decisionView('own_recurring_decisions')

/** The same for all users; granted to admins. */
export const allRecurringDecisions = decisionView('all_recurring_decisions')
