import type { Merged, Spread } from '../measure/merge-seeds.js'

const MISSING = '–'

/** A figure of a policy; a dash when it was not measured. */
export function shown(figures: Merged, name: string, format: (spread: Spread) => string): string {
  const spread = figures[name]
  return spread ? format(spread) : MISSING
}

/** A share as per cent with its deviation over the seeds, such as `4.1 % ± 0.3`. */
export const percent = (spread: Spread): string => withDeviation(spread, 100, ' %')

export const amount = (spread: Spread): string => withDeviation(spread, 1, '')

export const plainPercent = ({ mean }: Spread): string => `${number(100 * mean)} %`

export const plainAmount = ({ mean }: Spread): string => number(mean)

/** Enough digits to tell figures apart: 0.04, 4.1, 41.2. */
export function number(value: number): string {
  if (value === 0 || Number.isInteger(value)) return String(value)
  return Math.abs(value) < 1 ? value.toFixed(2) : value.toFixed(1)
}

export const fourDigits = ({ mean }: Spread): string => mean.toFixed(4)

/** `0.995` as `99.5 %`. */
export const shareName = (share: number): string => `${Number((100 * share).toFixed(3))} %`

function withDeviation({ mean, deviation, seeds }: Spread, factor: number, unit: string): string {
  const value = `${number(factor * mean)}${unit}`
  return seeds > 1 ? `${value} ± ${number(factor * deviation)}` : value
}
