import { setTimeout as wait } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import type { Logger } from '../kernel/logger.js'
import { recordOf } from './request-record.js'

const READINESS_MILLISECONDS = 1_500

/** `/healthz`: the process is alive. It checks nothing else, so a failing store causes no restarts. */
export function healthz(): RequestHandler {
  return (_, res) => {
    recordOf(res).route = 'health'
    res.set('Cache-Control', 'no-store').json({ status: 'alive' })
  }
}

export interface ReadinessDeps {
  readonly logger: Logger
  readonly readiness: () => Promise<boolean>
  readonly isDraining: () => boolean
}

/** `/readyz`: the store answers and the gateway is not stopping. A store that answers too late counts as down (B4). */
export function readyz(deps: ReadinessDeps): RequestHandler {
  return async (_, res) => {
    recordOf(res).route = 'health'
    const answers = await answersInTime(deps)
    const ready = answers && !deps.isDraining()
    res.set('Cache-Control', 'no-store').status(ready ? 200 : 503)
    res.json({ status: ready ? 'ready' : 'unavailable' })
  }
}

async function answersInTime({ readiness, logger }: ReadinessDeps): Promise<boolean> {
  const patience = new AbortController()
  const tooLate = wait(READINESS_MILLISECONDS, false, { signal: patience.signal }).catch(() => false)
  const answer = readiness().catch((error: unknown) => {
    logger.warn({ err: error }, 'readiness failed')
    return false
  })
  return Promise.race([answer, tooLate]).finally(() => patience.abort())
}
