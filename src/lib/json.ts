/** JSON for the database, with bigints as text: JSON numbers lose digits beyond 2^53. */
export const jsonWithBigints = (value: unknown): string =>
  JSON.stringify(value, (_name, each: unknown) =>
    typeof each === 'bigint' ? each.toString() : each,
  )
