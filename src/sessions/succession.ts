import { secondsAfter } from '../kernel/clock.js'
import type { SessionId } from '../kernel/ids.js'
import { stateOfSecret, type SecretState, type SecretTimes } from '../kernel/secret-states.js'
import { isLive, type Session, type SessionLifetimes } from './session.js'

export type Sessions<S extends Session = Session> = Readonly<Record<SessionId, S>>

/** Sessions that were handed out in place of this one. */
export const successorsOf = <S extends Session>(sessions: Sessions<S>, id: SessionId): readonly S[] =>
  Object.values<S>(sessions).filter(({ replaces }) => replaces === id)

/** Which state the secrets of a session are in. Whoever ends a successor ends the session with it. */
export function stateOfSession(sessions: Sessions, session: Session, times: SecretTimes, now: Date): SecretState {
  if (!session.supersededAt) return 'in-force'
  const successors = successorsOf(sessions, session.id)
  if (successors.length === 0) return 'lapsed'
  const since = session.supersededAt
  const presented = successors.filter(isPresented)
  const handedOut = (presented.length > 0 ? presented : successors).map(({ provedFrom }) =>
    provedFrom.provedAt.getTime(),
  )
  const handedOutAt = new Date(Math.min(...handedOut))
  return stateOfSecret({ since, handedOutAt, isPresented: presented.length > 0 }, times, now)
}

const isPresented = ({ presentedAt }: Session): boolean => presentedAt !== undefined

/** Whether the session answers for its person at this moment: it has not run out, and nothing took its place. */
export function isInUse(
  sessions: Sessions,
  session: Session,
  { lifetimes, times, now }: { readonly lifetimes: SessionLifetimes; readonly times: SecretTimes; readonly now: Date },
): boolean {
  const state = stateOfSession(sessions, session, times, now)
  return isLive(session, lifetimes, now) && (state === 'in-force' || state === 'superseded')
}

/**
 * Whether a session is one in the eyes of its owner. A session and the one that was handed out in its place are one: the
 * old one is shown until the new one is presented, and then the new one.
 */
export function isShown(sessions: Sessions, session: Session): boolean {
  const successors = successorsOf(sessions, session.id)
  if (session.supersededAt) return successors.length > 0 && !successors.some(isPresented)
  return isPresented(session) || predecessorInForce(sessions, session) === null
}

/** The session this one was handed out in place of, while nothing that replaces it was presented. */
function predecessorInForce(sessions: Sessions, { replaces }: Session): Session | null {
  const former = replaces ? sessions[replaces] : undefined
  if (!former) return null
  return successorsOf(sessions, former.id).some(isPresented) ? null : former
}

/** What ends with a session: the one it replaces, and the ones that would replace either and were never presented. */
export function endingWith(sessions: Sessions, id: SessionId): readonly SessionId[] {
  const session = sessions[id]
  if (!session) return []
  const former = session.replaces && sessions[session.replaces] ? [session.replaces] : []
  const unpresented = [id, ...former].flatMap((each) => unpresentedOf(sessions, each))
  return [...new Set([id, ...former, ...unpresented])]
}

/** The same for several. */
export const endingWithAll = (sessions: Sessions, ids: readonly SessionId[]): readonly SessionId[] => [
  ...new Set(ids.flatMap((id) => endingWith(sessions, id))),
]

/** Every session that came of one: what ends when somebody is found to have a copy of its credentials. */
export function familyOf(sessions: Sessions, id: SessionId): readonly SessionId[] {
  const successors = successorsOf(sessions, id).map((each) => each.id)
  return [
    ...new Set([...endingWith(sessions, id), ...successors, ...successors.flatMap((each) => familyOf(sessions, each))]),
  ]
}

/** What stays when all others end: the session, what it replaced, and what was handed out in its place. */
export function keptWith(sessions: Sessions, id: SessionId): readonly SessionId[] {
  const session = sessions[id]
  if (!session) return []
  const former = session.replaces ? [session.replaces] : []
  return [id, ...former, ...successorsOf(sessions, id).map((each) => each.id)]
}

/** Sessions that would replace this one, while they were never presented. */
export const unpresentedOf = (sessions: Sessions, id: SessionId): readonly SessionId[] =>
  successorsOf(sessions, id).flatMap((each) => (isPresented(each) ? [] : [each.id]))

/** How a session is superseded: from when, if it is not already, and by whom as of the read. */
export interface Supersession {
  readonly sessionId: SessionId
  readonly at: Date
  /** As read; null: it was in force. */
  readonly before: Date | null
  /** Sessions that would replace it, as read. None of them may have been presented since. */
  readonly unpresented: readonly SessionId[]
  /** The dead one before it, which goes: a session has one predecessor at most. */
  readonly drop: readonly SessionId[]
}

export function supersede(sessions: Sessions, session: Session, now: Date): Supersession {
  const before = session.supersededAt ?? null
  return {
    sessionId: session.id,
    // A second successor does not make the old secret live longer.
    at: before ?? now,
    before,
    unpresented: unpresentedOf(sessions, session.id),
    drop: session.replaces && sessions[session.replaces] ? [session.replaces] : [],
  }
}

/** The session that was made of this one and never presented: a second attempt takes its id and its secret. */
export const ownSuccessor = (sessions: Sessions, session: Session): Session | null =>
  successorsOf(sessions, session.id).find(({ signInId }) => signInId === session.signInId) ?? null

/** When a session that was replaced from another account's document is over at the latest. */
export const supersededUntil = (times: SecretTimes, now: Date): Date => secondsAfter(now, times.supersededSeconds)
