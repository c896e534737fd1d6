import type { Timers } from '../../src/delivery/timers.js'
import type { MovableClock } from '../../src/kernel/clock.js'

/** Timers and a clock that a test moves by hand. */
export interface HandTimers extends Timers {
  /** Moves the clock forward and runs the timers that are due. */
  pass(seconds: number): void
  /** The seconds until each waiting timer is due. */
  waiting(): readonly number[]
}

export function handTimers(clock: MovableClock): HandTimers {
  const due = new Map<() => void, number>()
  const left = (at: number): number => (at - clock.now().getTime()) / 1000
  return {
    after: (seconds, run) => {
      due.set(run, clock.now().getTime() + seconds * 1000)
      return () => due.delete(run)
    },
    pass: (seconds) => {
      clock.advance(seconds)
      for (const [run, at] of due) {
        if (left(at) > 0) continue
        due.delete(run)
        run()
      }
    },
    waiting: () => [...due.values()].map(left),
  }
}
