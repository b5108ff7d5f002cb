/** The middle value; the lower one of two, so that it is one of the values. */
export const lowerMedianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? 0

/** Makes the median of absolute deviations an estimate of the standard deviation (Rousseeuw & Croux 1993). */
const CONSISTENCY = 1.4826

/** The standard deviation, from absolute deviations of which some may be outliers. */
export const robustDeviation = (deviations: readonly number[]): number =>
  CONSISTENCY * lowerMedianOf(deviations)
