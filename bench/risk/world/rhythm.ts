import type { Random } from './random.js'
import { HOUR_MS } from './time.js'

/**
 * When in the week a person signs in: for each hour from Monday midnight in local time how much of the week's activity
 * came before it, in hours of mean activity. 169 numbers, from 0 to 168.
 */
export type Rhythm = Float32Array

const HOURS = 168
// 1970 began on a Thursday.
const MONDAY_OFFSET_HOURS = 72

/** A rhythm of one's own: one to three favourite hours, a night, and weekends that differ. */
export function createRhythm(random: Random): Rhythm {
  const peaks = [
    { hour: random.between(7, 10.5), width: random.between(0.7, 2), weight: random.between(0, 1) },
    { hour: random.between(11.5, 16), width: random.between(1, 3), weight: random.between(0.2, 1) },
    { hour: random.between(18.5, 22.5), width: random.between(0.8, 2), weight: random.between(0, 1) },
  ]
  const shift = random.chance(0.06) ? random.between(8, 14) : 0
  const weekend = random.between(0.2, 1.3)
  const sleepsIn = random.between(0, 2.5)
  const weights = Float64Array.from({ length: HOURS }, (_, index) => {
    const isWeekend = index >= 120
    const hour = (index % 24) - shift - (isWeekend ? sleepsIn : 0)
    const activity = peaks.reduce((sum, peak) => sum + peak.weight * bump(hour - peak.hour, peak.width), 0.015)
    return activity * (isWeekend ? weekend : 1)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const rhythm = new Float32Array(HOURS + 1)
  let before = 0
  weights.forEach((weight, index) => {
    before += (weight / total) * HOURS
    rhythm[index + 1] = before
  })
  rhythm[HOURS] = HOURS
  return rhythm
}

/** The moment at which so many hours of mean activity have passed since the other. */
export function afterActivity(rhythm: Rhythm, at: number, activeHours: number, hoursAhead: number): number {
  const local = at / HOUR_MS + hoursAhead + MONDAY_OFFSET_HOURS
  const week = Math.floor(local / HOURS)
  const reached = activityAt(rhythm, local - week * HOURS) + activeHours
  const weeks = Math.floor(reached / HOURS)
  const hour = hourAt(rhythm, reached - weeks * HOURS)
  return Math.round(((week + weeks) * HOURS + hour - hoursAhead - MONDAY_OFFSET_HOURS) * HOUR_MS)
}

/** Monday to Friday, nine to five. */
export function isOfficeHour(at: number, hoursAhead: number): boolean {
  const hour = hourOfWeek(at, hoursAhead)
  return hour < 120 && hour % 24 >= 9 && hour % 24 < 17
}

/** The share of a person's activity in office hours. */
export function officeShare(rhythm: Rhythm): number {
  const days = [0, 1, 2, 3, 4]
  return days.reduce((sum, day) => sum + rhythm[day * 24 + 17]! - rhythm[day * 24 + 9]!, 0) / HOURS
}

function hourOfWeek(at: number, hoursAhead: number): number {
  const local = at / HOUR_MS + hoursAhead + MONDAY_OFFSET_HOURS
  return local - Math.floor(local / HOURS) * HOURS
}

function bump(hours: number, width: number): number {
  // Around the clock: midnight is as near to 23 as to 1.
  const distance = Math.abs(((((hours + 12) % 24) + 24) % 24) - 12)
  return Math.exp(-0.5 * (distance / width) ** 2)
}

function activityAt(rhythm: Rhythm, hour: number): number {
  const whole = Math.min(Math.floor(hour), HOURS - 1)
  return rhythm[whole]! + (rhythm[whole + 1]! - rhythm[whole]!) * (hour - whole)
}

function hourAt(rhythm: Rhythm, activity: number): number {
  let low = 0
  let high = HOURS - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (rhythm[middle]! <= activity) low = middle
    else high = middle - 1
  }
  const within = rhythm[low + 1]! - rhythm[low]!
  return within > 0 ? low + (activity - rhythm[low]!) / within : low
}
