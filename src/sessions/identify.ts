import { accountActor, NO_EVENTS, type AuditLog, type NewAuditEvent } from '../audit/index.js'
import { rolesIn } from '../accounts/index.js'
import { ANONYMOUS, REPLACED_CALLER, type Actor } from '../kernel/actor.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import type { AccountId } from '../kernel/ids.js'
import type { PersonPart } from '../kernel/person-part.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { SecretTimes } from '../kernel/secret-states.js'
import type { Secrets } from '../kernel/secrets.js'
import type { AccessTokens } from '../tokens/index.js'
import { closeUnread, type IdentifiedPerson, type ReadPerson } from './identified-person.js'
import type { CallerReader, SessionStore } from './ports.js'
import { isGenuine, readCredential, type CredentialClaim, type PresentedCredential } from './read-credential.js'
import type { RecordedUses } from './recorded-uses.js'
import { actorOf } from './session-actor.js'
import { isLive, isOutdatedGrant, type Session, type SessionLifetimes } from './session.js'
import { stateBySuccessors } from './succession.js'

export interface IdentifyDeps {
  readonly callers: CallerReader
  readonly sessions: Pick<SessionStore, 'touch' | 'end' | 'noteReuse'>
  readonly audit: AuditLog
  readonly recordedUses: RecordedUses
  readonly accessTokens: AccessTokens
  readonly secrets: Secrets
  readonly clock: Clock
  readonly lifetimes: SessionLifetimes
  readonly secretTimes: SecretTimes
}

/** The caller of a request, with the parts that its operation reads. */
export interface Identity {
  readonly actor: Actor
  readonly viewer: IdentifiedPerson | null
}

type Request = Pick<AuditContext, 'requestId' | 'origin'>

const NOBODY: Identity = Object.freeze({ actor: ANONYMOUS, viewer: null })
/**
 * Anonymous as well, but the client learns that the credential was replaced, so it can repeat a request that was on its
 * way.
 */
const REPLACED: Identity = Object.freeze({ actor: REPLACED_CALLER, viewer: null })

/**
 * Identifies the sender of a request in one store command, which reads what every request needs and the given parts.
 * Every invalid credential gives the same answer: anonymous. A session found expired ends, with one event. A store that
 * does not answer throws `Unavailable`; no caller is let in on a guess.
 */
export async function identify(
  deps: IdentifyDeps,
  credential: PresentedCredential | null,
  request: Request,
  parts: readonly PersonPart[],
): Promise<Identity> {
  const claim = credential && (await readCredential(deps, credential))
  if (!claim) return NOBODY
  const now = deps.clock.now()
  const isKnown = deps.recordedUses.isKnown(claim, now)
  const person = await findCaller(deps, claim, { isKnown, now, parts })
  if (person?.account.status !== 'ACTIVE') return NOBODY
  const { session } = person
  if (!isGenuine(deps.secrets, claim, session)) return NOBODY
  const state = stateBySuccessors(person.successors, session, deps.secretTimes, now)
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
  const viewer: IdentifiedPerson = { ...person, roles: rolesIn(person.account, session) }
  return { actor: actorOf(viewer, now), viewer: closeUnread(viewer, parts) }
}

/**
 * Reads the person. If this process has not seen the credential yet, or its use is due to be recorded, the same command
 * presents the credential, which ends the session it replaced.
 */
async function findCaller(
  { callers, lifetimes }: IdentifyDeps,
  claim: CredentialClaim,
  { isKnown, now, parts }: { readonly isKnown: boolean; readonly now: Date; readonly parts: readonly PersonPart[] },
): Promise<ReadPerson | null> {
  if (isKnown) return callers.findCaller(claim, parts)
  const idleSince = secondsAfter(now, -lifetimes.idleSeconds)
  return (await callers.findCallerInUse({ ...claim, at: now, idleSince }, parts)) ?? callers.findCaller(claim, parts)
}

/**
 * The client had a session of another account before. That one ends now that this one is presented for the first time.
 */
async function leaveElsewhere(
  deps: IdentifyDeps,
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
async function noteReuse(
  deps: IdentifyDeps,
  { account }: ReadPerson,
  { session, request, now }: { readonly session: Session; readonly request: Request; readonly now: Date },
): Promise<void> {
  if (session.reuseNotedAt) return
  const events = deps.audit.prepare([sessionEvent('session.credential_reused', account.id, session, request)])
  await deps.sessions.noteReuse(account.id, session.id, now, events)
}

async function endExpired(
  deps: IdentifyDeps,
  { account }: ReadPerson,
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
