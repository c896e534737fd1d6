import type { StepUpContext } from './session.js'

/** What makes two contexts the same: the operation, and what a proof for it must be. */
export type StepUpKind = Pick<StepUpContext, 'operationHash' | 'forOperationOnly' | 'factorIds' | 'grantRevision'>

export interface NamedContext {
  readonly key: string
  readonly context: StepUpContext
}

export interface Room {
  /** Whether a new context would push out one that is still usable. */
  readonly isFull: boolean
  /** The contexts to drop when a new one is opened. */
  readonly drop: readonly NamedContext[]
}

/**
 * Makes room for one more context: expired ones go first, then the oldest without a challenge. A context with a
 * challenge under way stays, even past its expiry, until the challenge can no longer be answered.
 */
export function roomFor(open: readonly NamedContext[], max: number, now: Date): Room {
  const unused = open.filter(({ context }) => !isInUse(context, now))
  const over = unused.filter(({ context }) => context.expiresAt <= now)
  const live = unused.filter(({ context }) => context.expiresAt > now)
  const excess = open.length - over.length - max + 1
  if (excess <= 0) return { isFull: false, drop: over }
  const oldestFirst = [...live].sort((a, b) => a.context.expiresAt.getTime() - b.context.expiresAt.getTime())
  return { isFull: true, drop: [...over, ...oldestFirst.slice(0, excess)] }
}

export const sameKind = (a: StepUpKind, b: StepUpKind): boolean =>
  a.operationHash === b.operationHash && a.forOperationOnly === b.forOperationOnly && sameTerms(a, b)

/** A proof that serves any operation serves this one too. */
export const sameEffect = (a: StepUpKind, b: StepUpKind): boolean =>
  !a.forOperationOnly && !b.forOperationOnly && sameTerms(a, b)

/** The same factors on the same grants: an older context waits for something that was revoked (R123). */
function sameTerms(one: StepUpKind, other: StepUpKind): boolean {
  const [a, b] = [one.factorIds, other.factorIds]
  if ((one.grantRevision ?? null) !== (other.grantRevision ?? null)) return false
  return a.length === b.length && a.every((id) => b.includes(id))
}

const isInUse = ({ usedUntil }: StepUpContext, now: Date): boolean => usedUntil !== undefined && usedUntil > now
