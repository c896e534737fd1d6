/** The only source of time. Expiry, freshness and time steps are judged by this clock, never by a database's. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that only moves when told to, for tests and the demo. */
export interface MovableClock extends Clock {
  advance(seconds: number): void
  set(to: Date): void
}

export function movableClock(start: Date = new Date()): MovableClock {
  let now = start.getTime()
  return {
    now: () => new Date(now),
    advance: (seconds) => {
      now += seconds * 1000
    },
    set: (to) => {
      now = to.getTime()
    },
  }
}

export const secondsAfter = (moment: Date, seconds: number): Date => new Date(moment.getTime() + seconds * 1000)

/** Seconds from `earlier` to `later`, with fractions; negative when the clock went back. */
export const secondsBetween = (earlier: Date, later: Date): number => (later.getTime() - earlier.getTime()) / 1000
