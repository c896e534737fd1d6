import { accountActor, type AuditLog } from '../audit/index.js'
import { rolesIn } from '../accounts/index.js'
import type { Role } from '../kernel/access.js'
import { ANONYMOUS, type Actor } from '../kernel/actor.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import type { SessionId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import type { AccessTokens } from './access-token.js'
import { actorOf, type Person } from './person.js'
import type { PersonReader, SessionStore } from './ports.js'
import { isGenuine, readCredential, type CredentialClaim, type PresentedCredential } from './read-credential.js'
import type { RecordedUses } from './recorded-uses.js'
import { isLive, type Session, type SessionLifetimes } from './session.js'

export interface IdentifyDeps<P extends Person> {
  readonly people: PersonReader<P>
  readonly sessions: Pick<SessionStore, 'touch' | 'end'>
  readonly audit: AuditLog
  readonly recordedUses: RecordedUses
  readonly accessTokens: AccessTokens
  readonly secrets: Secrets
  readonly clock: Clock
  readonly lifetimes: SessionLifetimes
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

/**
 * Who sends a request, in one command to the store. Whatever is wrong with the credential, the answer is the same:
 * nobody; a session found to have run out ends, with one event. A store that does not answer throws `Unavailable`; nobody is let in on a guess.
 */
export async function identify<P extends Person>(
  deps: IdentifyDeps<P>,
  credential: PresentedCredential | null,
  request: Pick<AuditContext, 'requestId' | 'origin'>,
): Promise<Identity<P>> {
  const claim = credential && (await readCredential(deps, credential))
  if (!claim) return NOBODY
  const now = deps.clock.now()
  const person = await findPerson(deps, claim, now)
  const session = person?.sessions[claim.sessionId] as P['sessions'][SessionId] | undefined
  if (!person || !session || person.account.status !== 'ACTIVE') return NOBODY
  if (!isGenuine(deps.secrets, claim, session)) return NOBODY
  if (!isLive(session, deps.lifetimes, now)) {
    await endExpired(deps, person, session, request)
    return NOBODY
  }

  if (deps.recordedUses.isDue(session.lastSeenAt, now)) {
    await deps.sessions.touch(claim.accountId, claim.sessionId, now)
    deps.recordedUses.note(claim.sessionId, now)
  } else deps.recordedUses.note(claim.sessionId, session.lastSeenAt)
  const viewer: SignedIn<P> = { ...person, session, roles: rolesIn(person.account, session) }
  return { actor: actorOf(viewer), viewer }
}

/** Reads the person; where the use of the session is known to be due for recording, both are one command. */
async function findPerson<P extends Person>(
  { people, recordedUses, lifetimes }: IdentifyDeps<P>,
  claim: CredentialClaim,
  now: Date,
): Promise<P | null> {
  if (recordedUses.isKnownToBeDue(claim.sessionId, now)) {
    const idleSince = secondsAfter(now, -lifetimes.idleSeconds)
    const found = await people.findPersonInUse({ ...claim, at: now, idleSince })
    if (found) return found
  }
  return people.findPerson(claim.accountId)
}

async function endExpired<P extends Person>(
  deps: IdentifyDeps<P>,
  { account }: P,
  session: Session,
  request: Pick<AuditContext, 'requestId' | 'origin'>,
): Promise<void> {
  if (!(await deps.sessions.end(account.id, session.id))) return
  await deps.audit.record([
    {
      action: 'session.expired',
      actor: accountActor(account.id),
      targets: [{ id: session.id, type: 'SESSION' }],
      outcome: 'DENIED',
      context: { ...request, operation: null, sessionId: session.id, deviceId: session.deviceId },
    },
  ])
}
