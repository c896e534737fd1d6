import { rolesOf } from '../accounts/index.js'
import type { Role } from '../kernel/access.js'
import { ANONYMOUS, type Actor } from '../kernel/actor.js'
import { secondsBetween, type Clock } from '../kernel/clock.js'
import type { AccountId, SessionId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'
import type { AccessTokens } from './access-token.js'
import { actorOf, type Person } from './person.js'
import type { PersonReader, SessionStore } from './ports.js'
import { readSessionToken } from './session-token.js'
import { isLive, type Session, type SessionLifetimes } from './session.js'

export interface IdentifyDeps<P extends Person> {
  readonly people: PersonReader<P>
  readonly sessions: Pick<SessionStore, 'touch'>
  readonly accessTokens: AccessTokens
  readonly secrets: Secrets
  readonly clock: Clock
  readonly lifetimes: SessionLifetimes
  /** Normalised addresses of the administrators. */
  readonly administrators: ReadonlySet<string>
}

/** A credential as the transport found it; null when the request carried none. */
export interface PresentedCredential {
  readonly kind: 'cookie' | 'bearer'
  readonly token: string
}

/** A person with the session the request came with, as rich as the reader's answer. */
export type SignedIn<P extends Person> = P & {
  readonly session: P['sessions'][SessionId]
  readonly roles: readonly Role[]
}

export interface Identity<P extends Person> {
  readonly actor: Actor
  readonly viewer: SignedIn<P> | null
}

const NOBODY: Identity<never> = Object.freeze({ actor: ANONYMOUS, viewer: null })
/** How often use of a session is written down; so rarely that it costs nothing, well below every idle limit. */
const TOUCH_SECONDS = 60

/**
 * Who sends a request, in one read. Whatever is wrong with the credential, the answer is the same: nobody. A store that
 * does not answer throws `Unavailable`; nobody is let in on a guess.
 */
export async function identify<P extends Person>(
  deps: IdentifyDeps<P>,
  credential: PresentedCredential | null,
): Promise<Identity<P>> {
  if (!credential) return NOBODY
  const now = deps.clock.now()
  const found = await findSession(deps, credential)
  if (!found || found.person.account.status !== 'ACTIVE' || !isLive(found.session, deps.lifetimes, now)) return NOBODY

  const { person, session } = found
  const viewer: SignedIn<P> = { ...person, session, roles: rolesOf(person.account, deps.administrators) }
  if (secondsBetween(session.lastSeenAt, now) >= TOUCH_SECONDS) {
    await deps.sessions.touch(person.account.id, session.id, now)
  }
  return { actor: actorOf(viewer), viewer }
}

interface FoundSession<P extends Person> {
  readonly person: P
  readonly session: P['sessions'][SessionId]
}

async function findSession<P extends Person>(
  deps: IdentifyDeps<P>,
  credential: PresentedCredential,
): Promise<FoundSession<P> | null> {
  if (credential.kind === 'cookie') return findBySecret(deps, credential.token, 'COOKIE')
  // Access tokens have dots; what a pending bearer session carries until its second factor has none.
  if (!credential.token.includes('.')) return findPendingBearer(deps, credential.token)
  const claims = await deps.accessTokens.verify(credential.token)
  if (!claims) return null
  const found = await findById(deps, claims.accountId, claims.sessionId)
  return found?.session.transport === 'BEARER' && found.session.state === 'active' ? found : null
}

async function findPendingBearer<P extends Person>(
  deps: IdentifyDeps<P>,
  token: string,
): Promise<FoundSession<P> | null> {
  const found = await findBySecret(deps, token, 'BEARER')
  return found?.session.state === 'pending' ? found : null
}

async function findBySecret<P extends Person>(
  deps: IdentifyDeps<P>,
  text: string,
  transport: Session['transport'],
): Promise<FoundSession<P> | null> {
  const token = readSessionToken(text)
  if (!token) return null
  const found = await findById(deps, token.accountId, token.sessionId)
  if (found?.session.transport !== transport) return null
  return deps.secrets.equal(deps.secrets.digest(token.secret), found.session.secretHash) ? found : null
}

async function findById<P extends Person>(
  deps: IdentifyDeps<P>,
  accountId: AccountId,
  sessionId: SessionId,
): Promise<FoundSession<P> | null> {
  const person = await deps.people.findPerson(accountId)
  const session = person?.sessions[sessionId] as P['sessions'][SessionId] | undefined
  return person && session ? { person, session } : null
}
