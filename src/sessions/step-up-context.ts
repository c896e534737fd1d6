import { secondsAfter, secondsBetween, type Clock } from '../kernel/clock.js'
import type { FactorId, SessionId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'
import { stepUpOf, type StepUp, type StepUpNeed } from '../kernel/step-up.js'
import { readMfaToken, writeMfaToken } from '../tokens/index.js'
import type { SessionStore } from './ports.js'
import type { PersonInSession } from './person.js'
import { isOutdatedGrant, type StepUpContext } from './session.js'
import { roomFor, sameEffect, sameKind, type NamedContext, type StepUpKind } from './step-up-room.js'

export interface StepUpContextDeps {
  readonly sessions: Pick<SessionStore, 'openStepUp'>
  readonly secrets: Secrets
  readonly clock: Clock
  readonly mfaTokenSeconds: number
  /** Maximum number of open contexts per session. */
  readonly maxStepUps: number
}

/** A context that is not stored yet, and the step-up for the client. */
export interface NewStepUp {
  readonly stepUp: StepUp
  readonly key: string
  readonly context: StepUpContext
}

/** The proof that is demanded, and the revision of the account's grants at that time. */
export interface AskedStepUp {
  readonly need: StepUpNeed
  readonly operationHash: string | null
  readonly grantRevision: number | null
}

export function newStepUp(
  deps: Pick<StepUpContextDeps, 'secrets' | 'mfaTokenSeconds'>,
  sessionId: SessionId,
  asked: AskedStepUp,
  now: Date,
): NewStepUp {
  const { need } = asked
  // Whole seconds, because the token carries its expiry in seconds and both must be equal.
  const expiresAt = new Date(Math.floor(secondsAfter(now, deps.mfaTokenSeconds).getTime() / 1000) * 1000)
  const kind = kindOf(asked)
  const { token, key } = tokenOf(deps.secrets, sessionId, kind, expiresAt)
  return { stepUp: stepUpOf(need, { mfaToken: token, expiresAt }), key, context: { ...kind, expiresAt } }
}

/**
 * Opens a context in a live session, or returns the one the same operation opened before, which costs no write. Null
 * when the session is gone.
 */
export async function openStepUp(
  deps: StepUpContextDeps,
  input: {
    readonly person: Pick<PersonInSession, 'session' | 'grantRevision'> & {
      readonly account: Pick<PersonInSession['account'], 'id'>
    }
    readonly need: StepUpNeed
    readonly operationHash: string
  },
): Promise<StepUp | null> {
  const now = deps.clock.now()
  const { need, operationHash } = input
  const { account, session, grantRevision } = input.person
  const asked = { need, operationHash, grantRevision }
  const kind = kindOf(asked)
  const open = Object.entries(session.stepUps).map(([key, context]) => ({ key, context }))
  const again = handOutAgain(
    deps,
    session.id,
    open.filter(({ context }) => sameKind(context, kind)),
    now,
  )
  if (again) return stepUpOf(need, again)
  const room = roomFor(open, deps.maxStepUps, now)
  // With no room left, an equivalent context is reused, so that endless new operations cannot push one out.
  const equal = room.isFull ? open.filter(({ context }) => sameEffect(context, kind)) : []
  const shared = handOutAgain(deps, session.id, equal, now)
  if (shared) return stepUpOf(need, shared)
  const { key, context, stepUp } = newStepUp(deps, session.id, asked, now)
  const opened = { accountId: account.id, sessionId: session.id, key, context }
  if (await deps.sessions.openStepUp({ ...opened, drop: room.drop })) return stepUp
  // A challenge has begun with one of the contexts to drop: all of them stay until the next context is opened.
  const stored = room.drop.length > 0 && (await deps.sessions.openStepUp({ ...opened, drop: [] }))
  return stored ? stepUp : null
}

/** The newest of these contexts whose token can be written again and that has half its time left. */
function handOutAgain(
  { secrets, mfaTokenSeconds }: Pick<StepUpContextDeps, 'secrets' | 'mfaTokenSeconds'>,
  sessionId: SessionId,
  contexts: readonly NamedContext[],
  now: Date,
): { readonly mfaToken: string; readonly expiresAt: Date } | null {
  const newestFirst = [...contexts].sort((a, b) => b.context.expiresAt.getTime() - a.context.expiresAt.getTime())
  for (const { key, context } of newestFirst) {
    if (secondsBetween(now, context.expiresAt) < mfaTokenSeconds / 2) return null
    const written = tokenOf(secrets, sessionId, context, context.expiresAt)
    // A different master key gives a different token, which would not be the one that was handed out.
    if (written.key === key) return { mfaToken: written.token, expiresAt: context.expiresAt }
  }
  return null
}

const kindOf = ({ need, operationHash, grantRevision }: AskedStepUp): StepUpKind => ({
  operationHash,
  grantRevision,
  forOperationOnly: need.maxAge === 0,
  factorIds: need.challenge.map((option) => option.factorId),
})

/**
 * Gives the same token for the same session, kind and expiry, so that it can be handed out again without being stored.
 */
function tokenOf(secrets: Secrets, sessionId: SessionId, kind: StepUpKind, expiresAt: Date) {
  const { operationHash, forOperationOnly, factorIds, grantRevision } = kind
  const about = [sessionId, operationHash ?? '', String(forOperationOnly), String(grantRevision ?? '')]
  return writeMfaToken(secrets, [...about, ...[...factorIds].sort()], expiresAt)
}

export type StepUpReading =
  | { kind: 'open'; key: string; context: StepUpContext }
  | { kind: 'invalid' }
  | { kind: 'expired' }
  | { kind: 'not-found' }

/** Finds the context of an `mfaToken`, in this session only. */
export function readStepUp(
  deps: Pick<StepUpContextDeps, 'secrets' | 'clock'>,
  person: Pick<PersonInSession, 'session' | 'grantRevision'>,
  mfaToken: string,
): StepUpReading {
  const now = deps.clock.now()
  const reading = readMfaToken(deps.secrets, mfaToken, now)
  if (reading.kind !== 'genuine') return reading
  const context = person.session.stepUps[reading.key]
  if (!context || isOutdatedGrant(context, person)) return { kind: 'not-found' }
  return context.expiresAt > now ? { kind: 'open', key: reading.key, context } : { kind: 'expired' }
}

/** Whether a challenge about this factor satisfies what was demanded. */
export const admitsFactor = (context: StepUpContext, factorId: FactorId): boolean =>
  context.factorIds.length === 0 || context.factorIds.includes(factorId)
