import type { ServerResponse } from 'node:http'
import type { Logger } from '../kernel/logger.js'

/** Work that waits for an answer to be gone, and that a stopping gateway waits for. */
export interface BackgroundWork {
  after(res: ServerResponse, requestId: string, work: () => Promise<void>): void
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>
}

export function createBackgroundWork(logger: Logger): BackgroundWork {
  const underWay = new Set<Promise<void>>()
  return {
    after: (res, requestId, work) => {
      const done = closed(res)
        .then(work)
        .catch((error: unknown) => logger.error({ requestId, err: error }, 'work after the answer failed'))
        .finally(() => underWay.delete(done))
      underWay.add(done)
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

/** An answer is over when it is sent, and also when the client went away before. */
function closed(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (res.closed) return resolve()
    res.once('close', () => resolve())
  })
}
