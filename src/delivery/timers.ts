/** Runs things later. Injected, so that tests do not wait. */
export interface Timers {
  /** Runs once after so many seconds. The function it returns cancels it. */
  after(seconds: number, run: () => void): () => void
}

/** Timers that do not keep the process alive. */
export const systemTimers: Timers = {
  after: (seconds, run) => {
    const timer = setTimeout(run, seconds * 1000)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
