import type { Factor } from '../factors/index.js'
import { isExpired } from '../kernel/actor.js'
import type { Assurances } from '../kernel/assurance.js'
import type { FactorId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { stepUpLockedUntil, type StepUpRule } from '../limits/index.js'
import { admitsFactor, admitsProofOf, readStepUp } from '../sessions/index.js'
import type { AskDeps, AskInput } from './ask-question.js'
import type { Challenge } from './challenge.js'
import { mayBeAsked } from './may-be-asked.js'
import type { ChallengedPerson } from './ports.js'

export interface PlanChallengeDeps extends Pick<AskDeps, 'kinds' | 'clock'> {
  readonly secrets: Secrets
  readonly stepUpRule: StepUpRule
  readonly assurances: Assurances
}

export interface PlanChallengeInput {
  readonly factorId: FactorId
  readonly mfaToken: string | null
  readonly context: AuditContext
}

/** Why a factor cannot be challenged now. */
export type ChallengeRefusal =
  | { kind: 'organization-required' } // the sign-in waits for the choice of an organization
  | { kind: 'unknown-factor' }
  | { kind: 'factor-expired' } // the factor expired or failed too often: it must be enrolled again
  | { kind: 'factor-not-admitted' } // the `mfaToken` or the sign-in does not accept this factor
  | { kind: 'mfa-token'; fault: 'invalid' | 'expired' | 'not-found' }
  | { kind: 'locked'; until: Date }
  | { kind: 'exhausted'; until: Date } // the previous challenge used up the attempts; they return when it expires
  | { kind: 'too-soon'; until: Date } // a message was sent a moment ago

/** What to ask, and the challenge it replaces; or why nothing can be asked. Reads the person as given and changes nothing. */
export type ChallengePlan = { kind: 'ask'; ask: AskInput; replaces: Challenge | null } | ChallengeRefusal

export function planChallenge(
  deps: PlanChallengeDeps,
  input: PlanChallengeInput,
  person: ChallengedPerson,
): ChallengePlan {
  if (person.session.choosing !== null) return { kind: 'organization-required' }
  const now = deps.clock.now()
  const until = stepUpLockedUntil(person.stepUpBudget, deps.stepUpRule, now)
  if (until) return { kind: 'locked', until }
  const factor = askableFactor(deps, person, input.factorId)
  const kind = factor && deps.kinds.get(factor.type)
  if (!factor || !kind || !mayBeAsked(person, factor)) return { kind: 'unknown-factor' }
  if (factor.status === 'DISABLED' || isExpired(factor, now)) return { kind: 'factor-expired' }
  if (!finishesSignIn(person, factor)) return { kind: 'factor-not-admitted' }
  if (factor.status === 'ACTIVE' && !mayProve(deps, person, factor)) return { kind: 'factor-not-admitted' }

  let stepUpKey: string | null = null
  if (input.mfaToken !== null) {
    const reading = readStepUp(deps, person, input.mfaToken)
    if (reading.kind !== 'open') return { kind: 'mfa-token', fault: reading.kind }
    if (!admitsFactor(reading.context, factor.id)) return { kind: 'factor-not-admitted' }
    stepUpKey = reading.key
  }
  const replaces = person.session.challenges[factor.id] ?? null
  const inherits = replaces && replaces.expiresAt > now ? replaces : null
  if (inherits && inherits.attemptsLeft <= 0) return { kind: 'exhausted', until: inherits.expiresAt }
  const wait = inherits?.resendAvailableAt ?? null
  if (wait && wait > now) return { kind: 'too-soon', until: wait }
  const { context } = input
  return {
    kind: 'ask',
    ask: { person, factor, kind, purpose: purposeOf(person, factor), stepUpKey, inherits, context },
    replaces,
  }
}

/** False, for example, for a mailbox when a better factor can finish the sign-in (R044). */
function mayProve({ assurances, clock }: PlanChallengeDeps, person: ChallengedPerson, factor: Factor): boolean {
  const rule = {
    now: clock.now(),
    enabled: person.mfaRules.account.methods,
    assurances,
    first: person.session.firstFactor,
  }
  return admitsProofOf(person, factor, rule)
}

/** Only the factors its sign-in admits can finish a pending session, with or without a token (0035). */
function finishesSignIn({ session }: ChallengedPerson, { id, status }: Factor): boolean {
  const isAnyAdmitted = session.state === 'active' || session.admits === null || status === 'PENDING'
  return isAnyAdmitted || session.admits.includes(id)
}

/** A live factor, or the one this session is enrolling, whose challenge may be repeated. */
function askableFactor({ kinds }: PlanChallengeDeps, person: ChallengedPerson, factorId: FactorId): Factor | null {
  const factor = person.factorRecords[factorId]
  if (factor) return factor
  if (person.session.challenges[factorId]?.purpose !== 'ENROLLMENT') return null
  const waiting = person.enrollments.find(({ id }) => id === factorId)
  return waiting && kinds.get(waiting.type)?.ask ? waiting : null
}

function purposeOf({ session }: ChallengedPerson, factor: Factor): Challenge['purpose'] {
  if (factor.status === 'PENDING') return 'ENROLLMENT'
  return session.state === 'pending' ? 'SIGN_IN' : 'STEP_UP'
}
