import { secondsAfter } from '../kernel/clock.js'
import type { SessionId } from '../kernel/ids.js'
import { stateOfSecret, type SecretState, type SecretTimes } from '../kernel/secret-states.js'
import { isLive, type Session, type SessionLifetimes } from './session.js'

export type Sessions<S extends Session = Session> = Readonly<Record<SessionId, S>>

/** The sessions that succeed this one. */
export const successorsOf = <S extends Session>(sessions: Sessions<S>, id: SessionId): readonly S[] =>
  Object.values<S>(sessions).filter(({ replaces }) => replaces === id)

/** The state of a session's secrets. Ending a successor ends the session with it. */
export const stateOfSession = (sessions: Sessions, session: Session, times: SecretTimes, now: Date): SecretState =>
  stateBySuccessors(successorsOf(sessions, session.id), session, times, now)

/** The same, where only the successors of the session are at hand. */
export function stateBySuccessors(
  successors: readonly Session[],
  session: Session,
  times: SecretTimes,
  now: Date,
): SecretState {
  if (!session.supersededAt) return 'in-force'
  if (successors.length === 0) return 'lapsed'
  const since = session.supersededAt
  const presented = successors.filter(isPresented)
  // A retired session had a successor that was presented, and never works again.
  if (session.isRetired && presented.length === 0) return 'lapsed'
  const handedOut = (presented.length > 0 ? presented : successors).map(({ provedFrom }) =>
    provedFrom.provedAt.getTime(),
  )
  const handedOutAt = new Date(Math.min(...handedOut))
  return stateOfSecret({ since, handedOutAt, isPresented: presented.length > 0 }, times, now)
}

const isPresented = ({ presentedAt }: Session): boolean => presentedAt !== undefined

/** Sessions that were replaced for good: all that is left to do is to recognise their credentials (R188). */
export const sessionsToRetire = (sessions: Sessions): readonly Pick<Session, 'id' | 'state'>[] =>
  Object.values<Session>(sessions)
    .filter(({ supersededAt, isRetired }) => supersededAt !== undefined && !isRetired)
    .filter(({ id }) => successorsOf(sessions, id).some(isPresented))

/** Whether the session can act for its person now: it has not expired, and no successor has replaced it. */
export function isInUse(
  sessions: Sessions,
  session: Session,
  { lifetimes, times, now }: { readonly lifetimes: SessionLifetimes; readonly times: SecretTimes; readonly now: Date },
): boolean {
  const state = stateOfSession(sessions, session, times, now)
  return isLive(session, lifetimes, now) && (state === 'in-force' || state === 'superseded')
}

/**
 * Whether its owner sees this session in the list. A session and its successor are one to the owner: the old one is
 * shown until the new one is presented, and the new one after that.
 */
export function isShown(sessions: Sessions, session: Session): boolean {
  const successors = successorsOf(sessions, session.id)
  if (session.supersededAt) return successors.length > 0 && !successors.some(isPresented)
  return isPresented(session) || predecessorInForce(sessions, session) === null
}

/** The session this one succeeds, while no successor of it was presented. */
function predecessorInForce(sessions: Sessions, { replaces }: Session): Session | null {
  const former = replaces ? sessions[replaces] : undefined
  if (!former) return null
  return successorsOf(sessions, former.id).some(isPresented) ? null : former
}

/** The sessions that end with this one: its predecessor, and the successors of either that were never presented. */
export function endingWith(sessions: Sessions, id: SessionId): readonly SessionId[] {
  const session = sessions[id]
  if (!session) return []
  const former = session.replaces && sessions[session.replaces] ? [session.replaces] : []
  const unpresented = [id, ...former].flatMap((each) => unpresentedOf(sessions, each))
  return [...new Set([id, ...former, ...unpresented])]
}

/** The same for several sessions. */
export const endingWithAll = (sessions: Sessions, ids: readonly SessionId[]): readonly SessionId[] => [
  ...new Set(ids.flatMap((id) => endingWith(sessions, id))),
]

/** Every session that came from this one. All of them end when a copy of its credentials turns up. */
export function familyOf(sessions: Sessions, id: SessionId): readonly SessionId[] {
  const successors = successorsOf(sessions, id).map((each) => each.id)
  return [
    ...new Set([...endingWith(sessions, id), ...successors, ...successors.flatMap((each) => familyOf(sessions, each))]),
  ]
}

/** What stays when all others end: the session, its predecessor, and its successors. */
export function keptWith(sessions: Sessions, id: SessionId): readonly SessionId[] {
  const session = sessions[id]
  if (!session) return []
  const former = session.replaces ? [session.replaces] : []
  return [id, ...former, ...successorsOf(sessions, id).map((each) => each.id)]
}

/** The successors of this session that were never presented. */
export const unpresentedOf = (sessions: Sessions, id: SessionId): readonly SessionId[] =>
  successorsOf(sessions, id).flatMap((each) => (isPresented(each) ? [] : [each.id]))

/** How a session is superseded: since when, and by which successors as of the read. */
export interface Supersession {
  readonly sessionId: SessionId
  readonly at: Date
  /** As read; null: it was in force. */
  readonly before: Date | null
  /** Its successors, as read. None of them may have been presented since. */
  readonly unpresented: readonly SessionId[]
  /** Its own dead predecessor, which is removed: a session has at most one. */
  readonly drop: readonly SessionId[]
}

export function supersede(sessions: Sessions, session: Session, now: Date): Supersession {
  const before = session.supersededAt ?? null
  return {
    sessionId: session.id,
    // A second successor does not extend the life of the old secret.
    at: before ?? now,
    before,
    unpresented: unpresentedOf(sessions, session.id),
    drop: session.replaces && sessions[session.replaces] ? [session.replaces] : [],
  }
}

/** The successor made from this session and never presented: a second attempt reuses its id and its secret. */
export const ownSuccessor = (sessions: Sessions, session: Session): Session | null =>
  successorsOf(sessions, session.id).find(({ signInId }) => signInId === session.signInId) ?? null

/** The latest end of a session that was replaced by one in another account's document. */
export const supersededUntil = (times: SecretTimes, now: Date): Date => secondsAfter(now, times.supersededSeconds)
