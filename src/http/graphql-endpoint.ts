import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerError, type Check } from './answer.js'
import type { BackgroundWork } from './background-work.js'
import type { Forwarding } from './client-address.js'
import { createApollo } from './create-apollo.js'
import { documentGate } from './document-gate.js'
import { executeRequest } from './execute-request.js'
import { originCheck, preflightAnswerer } from './origin-check.js'
import type { HttpPorts } from './ports.js'
import { onlyForReadersOfJson, onlyMethods } from './request-checks.js'
import { contextMaker } from './request-context.js'
import { recordOf } from './request-record.js'

export type Endpoint = (req: IncomingMessage, res: ServerResponse) => Promise<void>

/**
 * Serves `/graphql` with Node's own request and response. Express changes the prototypes of both, which halves the
 * speed of everything after it. See docs/decisions for the measurement.
 */
export async function graphqlEndpoint<Viewer>(
  ports: HttpPorts<Viewer>,
  background: BackgroundWork,
  forwarding: Forwarding,
): Promise<Endpoint> {
  const { config, documents } = ports
  const { allowedOrigins } = config.server
  const apollo = await createApollo(ports)
  const makeContext = contextMaker(ports, background, forwarding)
  const answerPreflight = preflightAnswerer(config.server.allowedHeaders)
  const gate = documentGate({ documents, maxBodyBytes: config.documents.maxBodyBytes })
  const checks: readonly Check[] = [
    onlyMethods('GET', 'POST', 'OPTIONS'),
    // The gateway's own origin is always allowed, because its pages are served there.
    originCheck([...allowedOrigins, config.server.publicUrl]),
    onlyForReadersOfJson,
  ]
  return async (req, res) => {
    recordOf(res).route = 'graphql'
    // Responses are for this caller only and must not be cached (R115).
    res.setHeader('Cache-Control', 'no-store')
    for (const check of checks) {
      const objection = check(req, res)
      if (objection) return answerError(res, objection)
    }
    if (req.method === 'OPTIONS') return answerPreflight(res)
    const outcome = await gate(req, res)
    if (outcome.kind === 'refused') return answerError(res, outcome.error)
    const { request, operation } = outcome.kind === 'request' ? outcome : { request: null, operation: null }
    await executeRequest(apollo, req, res, request, () => makeContext(req, res, operation))
  }
}
