import type { Assurances } from '../kernel/assurance.js'
import type { SessionId } from '../kernel/ids.js'
import type { SecretTimes } from '../kernel/secret-states.js'
import { assuranceOfSession, isLive, type Session, type SessionLifetimes } from './session.js'
import { endingWith, endingWithAll, isInUse, isShown, successorsOf, type Sessions } from './succession.js'

/** How long sessions live, and how many an account may have. */
export interface SessionRules {
  readonly lifetimes: SessionLifetimes
  readonly secretTimes: SecretTimes
  readonly maxSessions: number
  readonly maxPendingSessions: number
}

export interface RoomDeps extends SessionRules {
  readonly assurances: Assurances
}

/** The new session, and the one it replaces. */
export type Newcomer = Pick<Session, 'state' | 'proofs' | 'firstFactor' | 'address' | 'replaces' | 'arrivedBy'>

/**
 * The sessions removed when a new one opens: ended ones, and those beyond the account's maximum. A session only gives
 * way to one that is proved at least as well, so an attacker with nothing but the password cannot end anyone's session.
 */
export function makeRoom(deps: RoomDeps, sessions: Sessions, newcomer: Newcomer, now: Date): readonly SessionId[] {
  const all = Object.values<Session>(sessions)
  const ended = all.filter((session) => isOver(deps, sessions, session, now)).map(({ id }) => id)
  const replaced = new Set(newcomer.replaces ? endingWith(sessions, newcomer.replaces) : [])
  const at = { lifetimes: deps.lifetimes, times: deps.secretTimes, now }
  const others = all.filter(
    (session) => !replaced.has(session.id) && isShown(sessions, session) && isInUse(sessions, session, at),
  )
  const crowded =
    newcomer.state === 'pending' ? pendingBeyond(deps, others, newcomer) : activeBeyond(deps, others, newcomer)
  const going = endingWithAll(
    sessions,
    crowded.map(({ id }) => id),
  )
  return [...new Set([...ended, ...going])].filter((id) => !replaced.has(id))
}

/**
 * A superseded session is kept while its successor lives, so that a stolen credential can be told from a wrong one. If a
 * successor was presented, only that one counts.
 */
function isOver({ lifetimes }: RoomDeps, sessions: Sessions, session: Session, now: Date): boolean {
  if (!session.supersededAt) return !isLive(session, lifetimes, now)
  const successors = successorsOf(sessions, session.id)
  const presented = successors.filter(({ presentedAt }) => presentedAt !== undefined)
  const counting = presented.length > 0 ? presented : successors
  return session.endsAt <= now || !counting.some((each) => isLive(each, lifetimes, now))
}

/**
 * Pending sign-ins only give way to each other. One from a device of the account only gives way to another from such a
 * device; of the rest, those from the newcomer's address go first.
 */
function pendingBeyond(deps: RoomDeps, others: readonly Session[], newcomer: Newcomer): readonly Session[] {
  const pending = others.filter(({ state }) => state === 'pending')
  const isNear = ({ address }: Session): number => (address === newcomer.address ? 0 : 1)
  const inOrder = pending
    .filter((session) => deviceRank(session) <= deviceRank(newcomer))
    .toSorted((a, b) => deviceRank(a) - deviceRank(b) || isNear(a) - isNear(b) || byLastSeen(a, b))
  return inOrder.slice(0, Math.max(0, pending.length - deps.maxPendingSessions + 1))
}

/** A device used since the account has a second factor says more than one that only ever proved the password. */
function deviceRank({ arrivedBy: { deviceToken, isOwnDevice = false } }: Newcomer): number {
  if (deviceToken === 'trusted' || deviceToken === 'known') return 2
  return isOwnDevice ? 1 : 0
}

/** Active sessions give way to one that is proved at least as well; the least proved and longest unused go first. */
function activeBeyond(deps: RoomDeps, others: readonly Session[], newcomer: Newcomer): readonly Session[] {
  const rankOf = (session: Pick<Session, 'state' | 'proofs' | 'firstFactor'>): number =>
    assuranceOfSession(session, deps.assurances) === 'ONE_FACTOR' ? 0 : 1
  const active = others.filter(({ state }) => state === 'active')
  const inOrder = active
    .filter((session) => rankOf(session) <= rankOf(newcomer))
    .toSorted((a, b) => rankOf(a) - rankOf(b) || byLastSeen(a, b))
  return inOrder.slice(0, Math.max(0, active.length - deps.maxSessions + 1))
}

const byLastSeen = (a: Session, b: Session): number => a.lastSeenAt.getTime() - b.lastSeenAt.getTime()
