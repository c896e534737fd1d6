/** What is done later. Injected, so that tests do not wait. */
export interface Timers {
  /** Runs once after so many seconds, unless it is cancelled with what is answered. */
  after(seconds: number, run: () => void): () => void
}

/** Timers that keep no process alive. */
export const systemTimers: Timers = {
  after: (seconds, run) => {
    const timer = setTimeout(run, seconds * 1000)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
