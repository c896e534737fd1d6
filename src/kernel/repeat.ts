/** A task that repeats until it is stopped. */
export interface Repeated {
  /** Starts no further run; resolves when the current run has ended. */
  stop(): Promise<void>
}

/**
 * Runs a task at an interval counted from the end of the previous run, so that a slow task never overlaps itself. The
 * task must not reject. Does not keep the process alive.
 */
export function repeatEvery(seconds: number, task: () => Promise<void>): Repeated {
  let isStopped = false
  let running: Promise<void> = Promise.resolve()
  let timer = schedule()
  function schedule(): NodeJS.Timeout {
    return setTimeout(() => {
      running = task().then(() => {
        if (!isStopped) timer = schedule()
      })
    }, seconds * 1000).unref()
  }
  return {
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
