import { benchmark } from './methods.ts'
import { meanOf } from './numbers.ts'

/** How good forecasts of a series were. */
export interface Accuracy {
  origins: number
  /** Mean absolute scaled error (Hyndman & Koehler 2006); null where the scale is zero. */
  mase: number | null
  /** The same for the seasonal naive forecast from the same origins. */
  benchmarkMase: number | null
}

/** The mean absolute step of the seasonal naive forecast in a past. */
function scaleOf(past: readonly number[], season: number): number {
  const lag = past.length > season ? season : 1
  return meanOf(past.slice(lag).map((value, at) => Math.abs(value - past[at]!)))
}

/** @returns errors divided by the scale of their past; null where that is zero throughout */
function scaledError(errors: readonly number[][], scales: readonly number[]): number | null {
  const scaled = errors.flatMap((steps, origin) =>
    scales[origin]! > 0 ? steps.map((error) => Math.abs(error) / scales[origin]!) : [],
  )
  return scaled.length === 0 ? null : meanOf(scaled)
}

/** The accuracy of forecasts whose last origin is before the last value. */
export function accuracyOf(
  values: readonly number[],
  errors: readonly number[][],
  season: number,
): Accuracy {
  const pasts = errors.map((_, index) => values.slice(0, values.length - errors.length + index))
  const scales = pasts.map((past) => scaleOf(past, season))
  const benchmarkErrors = pasts.map((past, index) =>
    benchmark(past, season, errors[index]!.length).map(
      (point, step) => values[past.length + step]! - point,
    ),
  )
  return {
    origins: errors.length,
    mase: scaledError(errors, scales),
    benchmarkMase: scaledError(benchmarkErrors, scales),
  }
}
