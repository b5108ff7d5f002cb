/*
 * Ids in the examples of the OpenAPI document. The demo data has records with these ids, so that each
 * operation can be tried unchanged.
 */

export const EXAMPLE_ID = '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11'
export const EXAMPLE_USER_ID = '0198c2a4-0000-7000-8000-000000000002'
export const EXAMPLE_ADMIN_ID = '0198c2a4-0000-7000-8000-000000000003'

/** The key of a recurring payment, and that of an anomaly. */
export const EXAMPLE_STREAM = 'rec_5b1e7d2a9b603f4f'
export const EXAMPLE_ANOMALY = 'ano_f620c51152e27a8c'

/** Transactions for the examples that must not depend on each other. */
export const EXAMPLE_TRANSACTIONS = {
  deleted: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a12',
  updatedInBulk: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a13',
  deletedInBulk: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a14',
  imported: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a15',
  unusual: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a16',
}
