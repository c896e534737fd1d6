import { accountActor, NO_EVENTS, type AuditLog, type NewAuditEvent } from '../audit/index.js'
import { rolesIn } from '../accounts/index.js'
import type { Role } from '../kernel/access.js'
import { ANONYMOUS, REPLACED_CALLER, type Actor } from '../kernel/actor.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import type { AccountId, SessionId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { SecretTimes } from '../kernel/secret-states.js'
import type { Secrets } from '../kernel/secrets.js'
import type { AccessTokens } from '../tokens/index.js'
import { actorOf, type Person } from './person.js'
import type { PersonReader, SessionStore } from './ports.js'
import { isGenuine, readCredential, type CredentialClaim, type PresentedCredential } from './read-credential.js'
import type { RecordedUses } from './recorded-uses.js'
import { isLive, isOutdatedGrant, type Session, type SessionLifetimes } from './session.js'
import { stateOfSession } from './succession.js'

export interface IdentifyDeps<P extends Person> {
  readonly people: PersonReader<P>
  readonly sessions: Pick<SessionStore, 'touch' | 'end' | 'noteReuse'>
  readonly audit: AuditLog
  readonly recordedUses: RecordedUses
  readonly accessTokens: AccessTokens
  readonly secrets: Secrets
  readonly clock: Clock
  readonly lifetimes: SessionLifetimes
  readonly secretTimes: SecretTimes
}

/** A person with the session the request came with, as detailed as the reader returns it. */
export type SignedIn<P extends Person> = P & {
  readonly session: P['sessions'][SessionId]
  readonly roles: readonly Role[]
}

export interface Identity<P extends Person> {
  readonly actor: Actor
  readonly viewer: SignedIn<P> | null
}

type Request = Pick<AuditContext, 'requestId' | 'origin'>

const NOBODY: Identity<never> = Object.freeze({ actor: ANONYMOUS, viewer: null })
/**
 * Anonymous as well, but the client learns that the credential was replaced, so it can repeat a request that was on its
 * way.
 */
const REPLACED: Identity<never> = Object.freeze({ actor: REPLACED_CALLER, viewer: null })

/**
 * Identifies the sender of a request in one store command. Every invalid credential gives the same answer: anonymous. A
 * session found expired ends, with one event. A store that does not answer throws `Unavailable`; no caller is let in on
 * a guess.
 */
export async function identify<P extends Person>(
  deps: IdentifyDeps<P>,
  credential: PresentedCredential | null,
  request: Request,
): Promise<Identity<P>> {
  const claim = credential && (await readCredential(deps, credential))
  if (!claim) return NOBODY
  const now = deps.clock.now()
  const isKnown = deps.recordedUses.isKnown(claim, now)
  const person = await findPerson(deps, claim, { isKnown, now })
  const session = person?.sessions[claim.sessionId] as P['sessions'][SessionId] | undefined
  if (!person || !session || person.account.status !== 'ACTIVE') return NOBODY
  if (!isGenuine(deps.secrets, claim, session)) return NOBODY
  const state = stateOfSession(person.sessions, session, deps.secretTimes, now)
  if (state === 'reused') await noteReuse(deps, person, { session, request, now })
  if (state === 'late' || state === 'reused') return REPLACED
  if (state === 'lapsed') return NOBODY
  // The first factor of a pending sign-in may be the very thing that was revoked (R123).
  if (session.state === 'pending' && isOutdatedGrant(session, person)) return NOBODY
  if (!isLive(session, deps.lifetimes, now)) {
    await endExpired(deps, person, session, request)
    return NOBODY
  }

  if (deps.recordedUses.isDue(session.lastSeenAt, now)) {
    await deps.sessions.touch(claim.accountId, claim.sessionId, now)
    deps.recordedUses.note(claim, now)
  } else deps.recordedUses.note(claim, session.lastSeenAt)
  await leaveElsewhere(deps, session, now)
  const viewer: SignedIn<P> = { ...person, session, roles: rolesIn(person.account, session) }
  return { actor: actorOf(viewer, now), viewer }
}

/**
 * Reads the person. If this process has not seen the credential yet, or its use is due to be recorded, the same command
 * presents the credential, which ends the session it replaced.
 */
async function findPerson<P extends Person>(
  { people, lifetimes }: IdentifyDeps<P>,
  claim: CredentialClaim,
  { isKnown, now }: { readonly isKnown: boolean; readonly now: Date },
): Promise<P | null> {
  if (isKnown) return people.findPerson(claim.accountId)
  const idleSince = secondsAfter(now, -lifetimes.idleSeconds)
  return (await people.findPersonInUse({ ...claim, at: now, idleSince })) ?? people.findPerson(claim.accountId)
}

/**
 * The client had a session of another account before. That one ends now that this one is presented for the first time.
 */
async function leaveElsewhere<P extends Person>(
  deps: IdentifyDeps<P>,
  { replacesElsewhere, presentedAt }: Session,
  now: Date,
): Promise<void> {
  if (!replacesElsewhere || presentedAt?.getTime() !== now.getTime()) return
  await deps.sessions.end(replacesElsewhere.accountId, replacesElsewhere.sessionId, NO_EVENTS)
}

/**
 * One event per session, however often its old credential comes back. The old credential opens nothing, so the new
 * session continues.
 */
async function noteReuse<P extends Person>(
  deps: IdentifyDeps<P>,
  { account }: P,
  { session, request, now }: { readonly session: Session; readonly request: Request; readonly now: Date },
): Promise<void> {
  if (session.reuseNotedAt) return
  const events = deps.audit.prepare([sessionEvent('session.credential_reused', account.id, session, request)])
  await deps.sessions.noteReuse(account.id, session.id, now, events)
}

async function endExpired<P extends Person>(
  deps: IdentifyDeps<P>,
  { account }: P,
  session: Session,
  request: Request,
): Promise<void> {
  const events = deps.audit.prepare([sessionEvent('session.expired', account.id, session, request)])
  await deps.sessions.end(account.id, session.id, events)
}

const sessionEvent = (
  action: 'session.expired' | 'session.credential_reused',
  accountId: AccountId,
  session: Session,
  request: Request,
): NewAuditEvent => ({
  action,
  actor: accountActor(accountId),
  targets: [{ id: session.id, type: 'SESSION' }],
  outcome: 'DENIED',
  context: { ...request, operation: null, sessionId: session.id, deviceId: session.deviceId },
})
