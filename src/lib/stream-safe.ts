/**
 * Whether text can be normalized in linear time: at most 30 combining marks in a row, as in the
 * Stream-Safe Text Format of UAX #15. Normalization sorts longer runs in quadratic time, so text is
 * checked before.
 */
export const isStreamSafe = (text: string) => !/\p{M}{31}/u.test(text)

export const NOT_STREAM_SAFE = 'Must not have more than 30 combining marks in a row.'
