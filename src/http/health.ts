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
  readonly clockSkew: () => object | null
}

/**
 * `/readyz`: the store answers and the gateway is not stopping. A store that answers too late counts as down (B4). A wrong
 * clock is only told: with a wrong clock in the store, every gateway would leave at once (R175).
 */
export function readyz(deps: ReadinessDeps): RequestHandler {
  return async (_, res) => {
    recordOf(res).route = 'health'
    const answers = await answersInTime(deps)
    const ready = answers && !deps.isDraining()
    res.set('Cache-Control', 'no-store').status(ready ? 200 : 503)
    const clock = deps.clockSkew()
    res.json({ status: ready ? 'ready' : 'unavailable', ...(clock ? { clock } : {}) })
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
