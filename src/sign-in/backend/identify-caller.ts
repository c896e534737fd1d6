import { ANONYMOUS, type ServiceActor } from '../../kernel/actor.js'
import type { AuditContext, RequestOrigin } from '../../kernel/request-context.js'
import { admitService, looksLikeServiceKey, worksAt, type AdmitServiceDeps } from '../../service-keys/index.js'
import {
  identify,
  type IdentifyDeps,
  type Identity,
  type Person,
  type PresentedCredential,
} from '../../sessions/index.js'

/** What a request presented: a credential and, with a service key, the session it acts for. */
export interface PresentedByCaller extends PresentedCredential {
  /** Empty: an invalid one. */
  readonly actsFor?: string
}

export interface Caller<P extends Person> {
  readonly actor: Identity<P>['actor'] | ServiceActor
  readonly viewer: Identity<P>['viewer']
  readonly origin?: RequestOrigin
}

type Request = Pick<AuditContext, 'requestId' | 'origin'>

const NOBODY = Object.freeze({ actor: ANONYMOUS, viewer: null })

/**
 * Identifies the sender of a request: a person by their session, a backend by its key, or a backend acting for a
 * session it began.
 */
export function identifyCallers<P extends Person>(
  deps: IdentifyDeps<P> & AdmitServiceDeps,
): (credential: PresentedByCaller | null, request: Request) => Promise<Caller<P>> {
  return async (credential, request) => {
    if (credential?.kind !== 'bearer' || !looksLikeServiceKey(credential.token)) {
      const found = await identify(deps, credential, request)
      return (await isOrphaned(deps, found)) ? NOBODY : found
    }
    const service = await admitService(deps, credential.token, request)
    if (!service) return NOBODY
    if (credential.actsFor === undefined) return { actor: service, viewer: null }
    return identifyFor(deps, service, credential.actsFor, request)
  }
}

/** The session a backend names, if it belongs to the backend's tenant. Its origin is the one the backend reported. */
async function identifyFor<P extends Person>(
  deps: IdentifyDeps<P> & AdmitServiceDeps,
  { tenant, scopes }: ServiceActor,
  token: string,
  request: Request,
): Promise<Caller<P>> {
  if (!scopes.includes('AUTHENTICATE')) return NOBODY
  const found = await identify(deps, { kind: 'bearer', token }, request)
  if (await isOrphaned(deps, found)) return NOBODY
  const authentication = found.viewer?.session.authentication
  return authentication?.tenant === tenant ? { ...found, origin: authentication.origin } : NOBODY
}

/** An unfinished sign-in that a backend began ends with the key that began it (R123). */
async function isOrphaned<P extends Person>(deps: AdmitServiceDeps, { viewer }: Identity<P>): Promise<boolean> {
  const session = viewer?.session
  if (session?.state !== 'pending' || session.authentication === null) return false
  const key = await deps.serviceKeyDirectory.find(session.authentication.keyId)
  return key === null || !worksAt(key, deps.clock.now())
}
