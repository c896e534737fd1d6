import type { ServerResponse } from 'node:http'
import type { Logger } from '../kernel/logger.js'

/** Work that starts after an answer was sent. A stopping gateway waits for it. */
export interface BackgroundWork {
  after(res: ServerResponse, requestId: string, work: () => Promise<void>): void
  /** Resolves when no work is running. */
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

/** An answer has ended when it was sent or when the client disconnected. */
function closed(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (res.closed) return resolve()
    res.once('close', () => resolve())
  })
}
