import type { ServerResponse } from 'node:http'
import type { Logger } from '../kernel/logger.js'
import { answerError, answerInWords } from './answer.js'
import { maskError, messageOf } from './mask-error.js'
import { ClientGone } from './read-body.js'
import { recordOf } from './request-record.js'

/** Handles every error that nothing else caught: a coded JSON response without a stack, one log line (R114, A16). */
export function faultAnswerer(logger: Logger): (error: unknown, res: ServerResponse) => void {
  return (error, res) => {
    if (error instanceof ClientGone || res.headersSent) return void res.destroy()
    // Express sets a 4xx status on client errors, such as a URL that cannot be decoded.
    const status = statusOf(error)
    if (status !== null) return answerError(res, { code: 'BAD_USER_INPUT', status })
    const masked = maskError(error)
    const { code, extensions, headers, fault } = masked
    const { requestId, say } = recordOf(res)
    if (fault !== null) logger.error({ requestId, err: fault }, 'fault')
    const message = messageOf(masked, say)
    answerInWords(
      res,
      { code, headers },
      { message, extensions: fault === null ? extensions : { ...extensions, requestId } },
    )
  }
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : null
}
