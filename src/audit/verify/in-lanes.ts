/**
 * Runs jobs as they come, so many at once, and keeps their results in the order of the jobs. Takes no further one once
 * `isEnough` says so of a result; those under way are finished.
 */
export async function inLanes<Job, Result>(
  lanes: number,
  jobs: AsyncIterable<Job>,
  run: (job: Job) => Promise<Result>,
  isEnough: (result: Result) => boolean,
): Promise<Result[]> {
  const results: Result[] = []
  const iterator = jobs[Symbol.asyncIterator]()
  let enough = false
  let count = 0
  // Lanes take turns at the iterator, which is asked for one job at a time.
  let turn: Promise<unknown> = Promise.resolve()
  const take = (): Promise<{ readonly place: number; readonly job: Job } | null> => {
    const taken = turn.then(async () => {
      if (enough) return null
      const next = await iterator.next()
      return next.done ? null : { place: count++, job: next.value }
    })
    turn = taken.catch(() => undefined)
    return taken
  }
  const lane = async (): Promise<void> => {
    for (let taken = await take(); taken !== null; taken = await take()) {
      const result = await run(taken.job)
      results[taken.place] = result
      enough ||= isEnough(result)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}
