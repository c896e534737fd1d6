import { secondsAfter, type Clock } from '../kernel/clock.js'
import type { AccountId, FactorId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'
import { stepUpOf, type StepUp, type StepUpNeed } from '../kernel/step-up.js'
import { readMfaToken, writeMfaToken } from './mfa-token.js'
import type { SessionStore } from './ports.js'
import type { Session, StepUpContext } from './session.js'

export interface StepUpContextDeps {
  readonly sessions: SessionStore
  readonly secrets: Secrets
  readonly clock: Clock
  readonly mfaTokenSeconds: number
}

/** Contexts one session may have open; asking for one more closes the oldest. */
const MAX_OPEN = 5

/** A context that is not stored yet, with the step-up it is for. */
export interface NewStepUp {
  readonly stepUp: StepUp
  readonly key: string
  readonly context: StepUpContext
}

export function newStepUp(
  deps: Pick<StepUpContextDeps, 'secrets' | 'mfaTokenSeconds'>,
  need: StepUpNeed,
  operationHash: string | null,
  now: Date,
): NewStepUp {
  // Whole seconds, because the token says its end in seconds and both ends must be the same.
  const expiresAt = new Date(Math.floor(secondsAfter(now, deps.mfaTokenSeconds).getTime() / 1000) * 1000)
  const { token, key } = writeMfaToken(deps.secrets, expiresAt)
  return {
    stepUp: stepUpOf(need, { mfaToken: token, expiresAt }),
    key,
    context: {
      operationHash,
      forOperationOnly: need.maxAge === 0,
      factorIds: need.challenge.map((option) => option.factorId),
      expiresAt,
    },
  }
}

/** Opens a context in a live session. Null when the session is gone. */
export async function openStepUp(
  deps: StepUpContextDeps,
  input: {
    readonly accountId: AccountId
    readonly session: Session
    readonly need: StepUpNeed
    readonly operationHash: string
  },
): Promise<StepUp | null> {
  const opened = newStepUp(deps, input.need, input.operationHash, deps.clock.now())
  const stored = await deps.sessions.openStepUp({
    accountId: input.accountId,
    sessionId: input.session.id,
    key: opened.key,
    context: opened.context,
    drop: oldest(input.session.stepUps),
  })
  return stored ? opened.stepUp : null
}

function oldest(stepUps: Session['stepUps']): string[] {
  const byAge = Object.entries(stepUps).sort(([, a], [, b]) => b.expiresAt.getTime() - a.expiresAt.getTime())
  return byAge.slice(MAX_OPEN - 1).map(([key]) => key)
}

export type StepUpReading =
  | { kind: 'open'; key: string; context: StepUpContext }
  | { kind: 'invalid' }
  | { kind: 'expired' }
  | { kind: 'not-found' }

/** Finds the context an `mfaToken` stands for in this session, and nowhere else. */
export function readStepUp(
  deps: Pick<StepUpContextDeps, 'secrets' | 'clock'>,
  session: Session,
  mfaToken: string,
): StepUpReading {
  const now = deps.clock.now()
  const reading = readMfaToken(deps.secrets, mfaToken, now)
  if (reading.kind !== 'genuine') return reading
  const context = session.stepUps[reading.key]
  if (!context) return { kind: 'not-found' }
  return context.expiresAt > now ? { kind: 'open', key: reading.key, context } : { kind: 'expired' }
}

/** Whether a challenge about this factor would do for what was asked. */
export const admitsFactor = (context: StepUpContext, factorId: FactorId): boolean =>
  context.factorIds.length === 0 || context.factorIds.includes(factorId)
