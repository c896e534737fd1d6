/** Something that happens again and again until it is stopped. */
export interface Repeated {
  /** No further turn begins; resolves when the one under way has ended. */
  stop(): Promise<void>
}

/**
 * Runs a task every so many seconds, counted from the end of the turn before, so that a slow one never overtakes itself.
 * The task must not reject. Does not keep the process alive.
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
