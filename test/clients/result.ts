/** What a client has read, for the test to compare. */
export interface Result {
  refused: string[]
  /** Null where the role may not see amounts. */
  wouldCreate: string | null
  replayed: boolean
  notes: string | null
  succeeded: number
  imported: number
  amounts: (string | null)[]
  more: boolean
  net: string | undefined
}
