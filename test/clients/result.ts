/** What a client has read, for the test to compare. */
export interface Result {
  refused: string[]
  wouldCreate: string
  replayed: boolean
  notes: string | null
  succeeded: number
  imported: number
  amounts: string[]
  more: boolean
  net: string | undefined
}
