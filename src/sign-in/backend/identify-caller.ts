import { ANONYMOUS, type ServiceActor } from '../../kernel/actor.js'
import type { PersonPart } from '../../kernel/person-part.js'
import type { AuditContext, RequestOrigin } from '../../kernel/request-context.js'
import { admitService, looksLikeServiceKey, worksAt, type AdmitServiceDeps } from '../../service-keys/index.js'
import { identify, type IdentifyDeps, type Identity, type PresentedCredential } from '../../sessions/index.js'

/** What a request presented: a credential and, with a service key, the session it acts for. */
export interface PresentedByCaller extends PresentedCredential {
  /** Empty: an invalid one. */
  readonly actsFor?: string
}

export interface Caller {
  readonly actor: Identity['actor'] | ServiceActor
  readonly viewer: Identity['viewer']
  readonly origin?: RequestOrigin
}

type Request = Pick<AuditContext, 'requestId' | 'origin'>

const NOBODY = Object.freeze({ actor: ANONYMOUS, viewer: null })

/**
 * Identifies the sender of a request: a person by their session, a backend by its key, or a backend acting for a
 * session it began.
 */
export function identifyCallers(
  deps: IdentifyDeps & AdmitServiceDeps,
): (credential: PresentedByCaller | null, request: Request, parts: readonly PersonPart[]) => Promise<Caller> {
  return async (credential, request, parts) => {
    if (credential?.kind !== 'bearer' || !looksLikeServiceKey(credential.token)) {
      const found = await identify(deps, credential, request, parts)
      return (await isOrphaned(deps, found)) ? NOBODY : found
    }
    const service = await admitService(deps, credential.token, request)
    if (!service) return NOBODY
    if (credential.actsFor === undefined) return { actor: service, viewer: null }
    return identifyFor(deps, service, { token: credential.actsFor, request, parts })
  }
}

/** The session a backend names, if it belongs to the backend's tenant. Its origin is the one the backend reported. */
async function identifyFor(
  deps: IdentifyDeps & AdmitServiceDeps,
  { tenant, scopes }: ServiceActor,
  {
    token,
    request,
    parts,
  }: { readonly token: string; readonly request: Request; readonly parts: readonly PersonPart[] },
): Promise<Caller> {
  if (!scopes.includes('AUTHENTICATE')) return NOBODY
  const found = await identify(deps, { kind: 'bearer', token }, request, parts)
  if (await isOrphaned(deps, found)) return NOBODY
  const authentication = found.viewer?.session.authentication
  return authentication?.tenant === tenant ? { ...found, origin: authentication.origin } : NOBODY
}

/** An unfinished sign-in that a backend began ends with the key that began it (R123). */
async function isOrphaned(deps: AdmitServiceDeps, { viewer }: Identity): Promise<boolean> {
  const session = viewer?.session
  if (session?.state !== 'pending' || session.authentication === null) return false
  const key = await deps.serviceKeyDirectory.find(session.authentication.keyId)
  return key === null || !worksAt(key, deps.clock.now())
}
