import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse, Refusal } from '../kernel/refusal.js'
import type { RequestContext } from '../kernel/request-context.js'
import type { Listener } from '../kernel/sentences.js'
import { Unavailable } from '../kernel/unavailable.js'
import type { BackgroundWork } from './background-work.js'
import type { Forwarding } from './client-address.js'
import { createCredentialJar } from './credential-jar.js'
import { cookieRules } from './cookies.js'
import { presentedBy } from './credentials.js'
import type { HttpPorts, OperationToRun } from './ports.js'
import { requestOriginOf } from './request-origin.js'
import { recordOf, type RequestRecord } from './request-record.js'

/** The resolvers' context, plus the record that the HTTP server needs. */
export interface HttpContext<Viewer> extends RequestContext<Viewer> {
  readonly record: RequestRecord
}

type ContextPorts<Viewer> = Pick<HttpPorts<Viewer>, 'config' | 'clock' | 'logger' | 'identify'>

/** Makes the context of one operation. Refuses the request when the caller cannot be identified (R021: fail closed). */
export function contextMaker<Viewer>(
  ports: ContextPorts<Viewer>,
  background: BackgroundWork,
  forwarding: Forwarding,
): (req: IncomingMessage, res: ServerResponse, operation: OperationToRun | null) => Promise<HttpContext<Viewer>> {
  const rules = cookieRules(ports.config.server.publicUrl, ports.config.devices.perBrowser)
  return async (req, res, operation) => {
    const record = recordOf(res)
    const origin = requestOriginOf(req, forwarding)
    const presented = presentedBy(req, rules.session)
    const identity = await ports
      .identify(presented.credential, { requestId: record.requestId, origin }, operation)
      .catch((error: unknown) => Promise.reject(asRefusal(ports, record, error)))
    const effective = identity.origin ?? origin
    record.listener = listenerOf(effective.language, identity.language ?? null)
    return {
      record,
      requestId: record.requestId,
      actor: identity.actor,
      viewer: identity.viewer,
      origin: effective,
      jar: createCredentialJar({ rules, clock: ports.clock }, req, res, presented),
      operation: null,
      access: null,
      say: record.say,
      isGone: () => req.socket.destroyed,
      afterAnswer: (work) => background.after(res, record.requestId, work),
    }
  }
}

/** A language that the account chose overrides the header. One taken from a browser is only a fallback. */
const listenerOf = (
  header: string,
  account: { readonly tag: string; readonly isChosen: boolean } | null,
): Listener => ({
  acceptLanguage: account?.isChosen ? '' : header,
  accountLanguage: account?.tag ?? null,
})

function asRefusal(ports: Pick<HttpPorts<unknown>, 'logger'>, record: RequestRecord, error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const { requestId } = record
  if (error instanceof Unavailable) {
    ports.logger.warn({ requestId, dependency: error.dependency }, 'a dependency is down')
    return refuse('UNAVAILABLE')
  }
  ports.logger.error({ requestId, err: error }, 'fault')
  return refuse('INTERNAL_SERVER_ERROR', { extensions: { requestId } })
}
