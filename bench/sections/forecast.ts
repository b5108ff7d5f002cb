import { readFileSync } from 'node:fs'
import path from 'node:path'
import { projectFolder } from '../../dev/project.ts'
import { forecastSeries } from '../../src/forecast/forecast-series.ts'
import { widthsOf } from '../../src/forecast/intervals.ts'
import { meanOf } from '../../src/forecast/numbers.ts'
import { figure, type Table } from '../report/table.ts'
import type { Metrics, SectionResult } from './section.ts'

/** MASE and cover of R's automatic ETS (package forecast 8.20), where they are known. */
const SERIES: Record<string, { season: number; ets?: string }> = {
  accidental_deaths_us: { season: 12, ets: '0.81, 79 %' },
  air_passengers: { season: 12, ets: '0.68, 56 %' },
  gas_australia: { season: 12, ets: '1.43, 62 %' },
  gas_uk: { season: 4, ets: '1.52, 58 %' },
  johnson_earnings: { season: 4, ets: '1.58, 66 %' },
  nottingham_temperature: { season: 12, ets: '0.66, 85 %' },
  lynx: { season: 1 },
  sales_bj: { season: 1 },
}
const WINDOW_YEARS = 3
/** Points of a window without a season. */
const WINDOW = 36
const ORIGINS = 24
const LEVEL = 80

interface Score {
  mase: number
  cover: number
}

function readSeries(name: string): number[] {
  const file = path.join(projectFolder, 'bench/data/series', `${name}.csv`)
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => Number(line.split(',')[2]))
}

/** Forecasts from the last 24 origins, each from a window of three years, against what followed. */
function scoreOf(values: readonly number[], season: number): Score {
  const horizon = season === 4 ? 4 : 6
  const size = season === 1 ? WINDOW : WINDOW_YEARS * season
  const scaled: number[] = []
  let inside = 0
  for (let origin = 0; origin < ORIGINS; origin++) {
    const end = values.length - horizon - ORIGINS + 1 + origin
    const past = values.slice(end - size, end)
    const scale = meanOf(past.slice(season).map((value, at) => Math.abs(value - past[at]!)))
    const { points, errors } = forecastSeries(past, { season, horizon })
    const { halves } = widthsOf(errors, horizon, LEVEL)
    for (const [step, point] of points.entries()) {
      const error = Math.abs(values[end + step]! - point)
      scaled.push(error / scale)
      if (error <= halves[step]!) inside++
    }
  }
  return { mase: meanOf(scaled), cover: (100 * inside) / scaled.length }
}

const CATEGORIES = 30
const MONTHS = 60
const AHEAD = 12
const ROUNDS = 21

/** Sixty months that grow, with a season and some noise, in cents. */
const months = (category: number): number[] =>
  Array.from({ length: MONTHS }, (_, month) => {
    const season = Math.sin((2 * Math.PI * (month + category)) / 12)
    const noise = ((month * 7919 + category * 104_729) % 1000) / 1000 - 0.5
    return Math.round(20_000 * (1 + category / 10) * (1 + month / 200 + season / 4 + noise / 5))
  })

/** The median processor time of forecasts of thirty categories, with their intervals. */
function processorMs(): number {
  const categories = Array.from({ length: CATEGORIES }, (_, category) => months(category))
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage()
    for (const values of categories) {
      const { errors } = forecastSeries(values, { season: 12, horizon: AHEAD })
      widthsOf(errors, AHEAD, LEVEL)
    }
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  })
  return times.toSorted((a, b) => a - b)[ROUNDS >> 1]!
}

/** How good forecasts of published series are, and what they cost. Needs no database. */
export function forecast(): Promise<SectionResult> {
  const metrics: Metrics = {}
  const compared: Score[] = []
  const rows = Object.entries(SERIES).map(([name, { season, ets }]) => {
    const score = scoreOf(readSeries(name), season)
    metrics[`forecast.${name}.mase`] = score.mase
    metrics[`forecast.${name}.cover`] = score.cover
    if (ets !== undefined) compared.push(score)
    return [name, figure(score.mase), `${Math.round(score.cover)} %`, ets ?? '']
  })
  const mase = meanOf(compared.map((score) => score.mase))
  const cover = meanOf(compared.map((score) => score.cover))
  const cpu = processorMs()
  metrics['forecast.mase'] = mase
  metrics['forecast.cover'] = cover
  metrics['forecast.cpu'] = cpu
  const table: Table = {
    title: 'Forecasts of published series',
    columns: ['Series', 'MASE', 'in the 80 % interval', 'automatic ETS of R'],
    rows: [
      ...rows,
      ['mean of the first six', figure(mase), `${Math.round(cover)} %`, '1.11, 68 %'],
    ],
    notes: [
      'Windows of three years, the last 24 origins, 6 months or 4 quarters ahead. MASE is the mean ' +
        'absolute error over the mean error of the seasonal naive forecast in the window.',
      `Processor time of ${CATEGORIES} series of ${MONTHS} months, ${AHEAD} ahead, with back-tests ` +
        `and intervals: ${figure(cpu)} ms (median of ${ROUNDS}).`,
    ],
  }
  return Promise.resolve({ tables: [table], metrics })
}
