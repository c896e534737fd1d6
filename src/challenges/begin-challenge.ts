import { accountActor, type AuditLog } from '../audit/index.js'
import type { FactorKinds } from '../factors/index.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import { newId, type FactorId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { stepUpLockedUntil, type StepUpRule } from '../limits/index.js'
import { admitsFactor, readStepUp } from '../sessions/index.js'
import type { Challenge, ChallengeSettings } from './challenge.js'
import type { ChallengedPerson, ChallengeStore } from './ports.js'

export interface BeginChallengeDeps {
  readonly challenges: ChallengeStore
  readonly kinds: FactorKinds
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
  readonly settings: ChallengeSettings
  readonly stepUpRule: StepUpRule
}

export interface BeginChallengeInput {
  readonly person: ChallengedPerson
  readonly factorId: FactorId
  readonly mfaToken: string | null
  readonly context: AuditContext
}

export type BeginChallengeOutcome =
  | { kind: 'begun'; challenge: Challenge }
  | { kind: 'unknown-factor' }
  | { kind: 'factor-not-admitted' } // it would not do for what the `mfaToken` asks
  | { kind: 'mfa-token'; fault: 'invalid' | 'expired' | 'not-found' }
  | { kind: 'locked'; until: Date }
  | { kind: 'exhausted'; until: Date } // the challenge before it used up the attempts; they come back when it expires
  | { kind: 'session-ended' }
  | { kind: 'busy' } // other calls of the same person were faster every time

/** How often a lost race is run again before the caller is told to come back. */
const ROUNDS = 5

/** Asks a session about one of the person's active factors. Only mutations get here: reading never starts anything. */
export async function beginChallenge(
  deps: BeginChallengeDeps,
  input: BeginChallengeInput,
): Promise<BeginChallengeOutcome> {
  let person: ChallengedPerson | null = input.person
  for (let round = 0; round < ROUNDS && person; round += 1) {
    const prepared = prepare(deps, input, person)
    if (prepared.kind !== 'ready') return prepared
    const { challenge, replaces } = prepared
    const address = { accountId: person.account.id, sessionId: person.session.id }
    if (await deps.challenges.open({ ...address, challenge, replaces })) {
      await deps.audit.record([
        {
          action: 'challenge.created',
          actor: accountActor(address.accountId),
          targets: [
            { id: challenge.id, type: 'CHALLENGE' },
            { id: challenge.factorId, type: 'FACTOR' },
          ],
          outcome: 'SUCCESS',
          context: input.context,
          metadata: { factorType: challenge.factorType, purpose: challenge.purpose },
        },
      ])
      return { kind: 'begun', challenge }
    }
    person = await deps.challenges.find(address.accountId, address.sessionId)
  }
  return { kind: person ? 'busy' : 'session-ended' }
}

type Prepared = { kind: 'ready'; challenge: Challenge; replaces: Challenge | null } | BeginChallengeOutcome

function prepare(deps: BeginChallengeDeps, input: BeginChallengeInput, person: ChallengedPerson): Prepared {
  const now = deps.clock.now()
  const until = stepUpLockedUntil(person.stepUpBudget, deps.stepUpRule, now)
  if (until) return { kind: 'locked', until }
  const factor = person.factorRecords[input.factorId]
  const kind = factor && deps.kinds.get(factor.type)
  if (factor?.status !== 'ACTIVE' || !kind) return { kind: 'unknown-factor' }

  let stepUpKey: string | null = null
  if (input.mfaToken !== null) {
    const reading = readStepUp(deps, person.session, input.mfaToken)
    if (reading.kind !== 'open') return { kind: 'mfa-token', fault: reading.kind }
    if (!admitsFactor(reading.context, factor.id)) return { kind: 'factor-not-admitted' }
    stepUpKey = reading.key
  }
  const replaces = person.session.challenges[factor.id] ?? null
  const inherits = replaces !== null && replaces.expiresAt > now
  if (inherits && replaces.attemptsLeft <= 0) return { kind: 'exhausted', until: replaces.expiresAt }
  const challenge: Challenge = {
    id: newId(),
    purpose: person.session.state === 'pending' ? 'SIGN_IN' : 'STEP_UP',
    factorId: factor.id,
    factorType: factor.type,
    createdAt: now,
    expiresAt: secondsAfter(now, kind.challengeSeconds),
    attemptsLeft: inherits ? replaces.attemptsLeft : deps.settings.attempts,
    stepUpKey,
  }
  return { kind: 'ready', challenge, replaces }
}
