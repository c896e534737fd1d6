import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../kernel/clock.js'
import type { CredentialJar, SessionCredential } from '../kernel/request-context.js'
import { isTokenShaped, type CookieJarRules } from './cookies.js'
import type { Presented } from './credentials.js'

const DEVICE_HEADER = 'stepgate-device'
const PROOF_HEADER = 'stepgate-device-proof'
const MAX_PROOF_LENGTH = 2048

export interface JarDeps {
  readonly rules: CookieJarRules
  readonly clock: Clock
}

/** Sets credentials as cookies for browsers. Other clients find the token in the answer, so nothing is set for them. */
export function createCredentialJar(
  deps: JarDeps,
  req: IncomingMessage,
  res: ServerResponse,
  presented: Presented,
): CredentialJar {
  const { rules, clock } = deps
  const written = new Map<string, string>()
  const write = (name: string, credential: SessionCredential | null): void => {
    if (presented.keeps === 'tokens' || req.method !== 'POST') return
    // Each cookie is sent once: a credential that was replaced during the request is never sent (R064).
    written.set(name, rules.write(name, credential, clock.now()))
    res.setHeader('Set-Cookie', [...written.values()])
  }
  return {
    setSession: (credential) => write(rules.session, credential),
    clearSession: () => write(rules.session, null),
    deviceToken: (accountId) => {
      const header = req.headers[DEVICE_HEADER]
      const token = presented.cookies[rules.device(accountId)] ?? (typeof header === 'string' ? header : undefined)
      return isTokenShaped(token) ? token : null
    },
    deviceProof: () => {
      const proof = req.headers[PROOF_HEADER]
      return typeof proof === 'string' && proof.length <= MAX_PROOF_LENGTH ? proof : null
    },
    linkClient: () => {
      const secret = presented.cookies[rules.link]
      return isTokenShaped(secret) ? secret : null
    },
    setLinkClient: (credential) => write(rules.link, credential),
    setDevice: (accountId, credential) => {
      const name = rules.device(accountId)
      write(name, credential)
      for (const surplus of rules.surplus(presented.cookies, name)) if (!written.has(surplus)) write(surplus, null)
    },
    clearDevice: (accountId) => write(rules.device(accountId), null),
  }
}
