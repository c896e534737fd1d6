/** Runs pieces of work one after another, in the order they were asked for. */
export type SerialQueue = <R>(work: () => Promise<R>) => Promise<R>

export function serialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}
