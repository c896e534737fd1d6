import type { MovableClock } from '../../src/kernel/clock.js'

/** The machine's clock, which can be moved ahead while it runs. */
export function runningClock(): MovableClock {
  let aheadMs = 0
  return {
    now: () => new Date(Date.now() + aheadMs),
    advance: (seconds) => {
      aheadMs += seconds * 1000
    },
    set: (to) => {
      aheadMs = to.getTime() - Date.now()
    },
  }
}
