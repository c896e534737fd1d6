import { accountActor } from '../audit/index.js'
import type { Factor } from '../factors/index.js'
import { isExpired } from '../kernel/actor.js'
import type { Assurances } from '../kernel/assurance.js'
import type { FactorId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { LOST, settleOn } from '../kernel/settle.js'
import { stepUpLockedUntil, type StepUpRule } from '../limits/index.js'
import { admitsFactor, admitsProofOf, readStepUp } from '../sessions/index.js'
import {
  prepareChallenge,
  sendMessage,
  type AskDeps,
  type AskInput,
  type OpenedChallenge,
  type PreparedChallenge,
} from './ask-question.js'
import type { Challenge } from './challenge.js'
import { mayBeAsked } from './may-be-asked.js'
import type { ChallengedPerson } from './ports.js'

export interface BeginChallengeDeps extends AskDeps {
  readonly secrets: Secrets
  readonly stepUpRule: StepUpRule
  readonly assurances: Assurances
}

export interface BeginChallengeInput {
  readonly person: ChallengedPerson
  readonly factorId: FactorId
  readonly mfaToken: string | null
  readonly context: AuditContext
}

export type BeginChallengeOutcome =
  | { kind: 'begun'; opened: OpenedChallenge }
  | { kind: 'unknown-factor' }
  | { kind: 'factor-expired' } // the factor expired or failed too often: it must be enrolled again
  | { kind: 'factor-not-admitted' } // the `mfaToken` or the sign-in does not accept this factor
  | { kind: 'mfa-token'; fault: 'invalid' | 'expired' | 'not-found' }
  | { kind: 'locked'; until: Date }
  | { kind: 'exhausted'; until: Date } // the previous challenge used up the attempts; they return when it expires
  | { kind: 'too-soon'; until: Date } // a message was sent a moment ago
  | { kind: 'resting'; until: Date } // the factor was prompted too often and is paused
  | { kind: 'undeliverable' } // the next hop refused the message permanently
  | { kind: 'limited'; retryAfterSeconds: number } // a message budget is used up
  | { kind: 'session-ended' }

/**
 * Challenges a session about one of the person's factors. Only mutations get here: a query never starts or sends
 * anything.
 */
export async function beginChallenge(
  deps: BeginChallengeDeps,
  input: BeginChallengeInput,
): Promise<BeginChallengeOutcome> {
  const { context } = input
  let isAdmitted = false
  const begin = async (person: ChallengedPerson): Promise<BeginChallengeOutcome | typeof LOST> => {
    const plan = planChallenge(deps, input, person)
    if (plan.kind !== 'ask') return plan
    const prepared = await prepareChallenge(deps, plan.ask)
    if (prepared.kind === 'resting') return prepared
    const { challenge, asked } = prepared
    if (asked.message && !isAdmitted) {
      const admission = await asked.message.admit()
      if (admission.kind === 'refused') return { kind: 'limited', retryAfterSeconds: admission.retryAfterSeconds }
      isAdmitted = true
    }
    const address = { accountId: person.account.id, sessionId: person.session.id }
    const { replaces } = plan
    const isOpened = await deps.challenges.open({ ...address, challenge, replaces, advance: asked.advance ?? null })
    if (!isOpened) return LOST
    await deps.audit.record([createdEvent(person, prepared, context)])
    const isSent = !asked.message || (await sendMessage(deps, { person, context }, challenge, asked.message))
    return isSent ? { kind: 'begun', opened: { challenge, shown: asked.shown } } : { kind: 'undeliverable' }
  }
  const reread = ({ account, session }: ChallengedPerson) => deps.challenges.find(account.id, session.id)
  return (await settleOn(input.person, reread, begin)) ?? { kind: 'session-ended' }
}

type ChallengePlan =
  { kind: 'ask'; ask: AskInput; replaces: Challenge | null } | Exclude<BeginChallengeOutcome, { kind: 'begun' }>

function planChallenge(deps: BeginChallengeDeps, input: BeginChallengeInput, person: ChallengedPerson): ChallengePlan {
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
function mayProve({ assurances, clock }: BeginChallengeDeps, person: ChallengedPerson, factor: Factor): boolean {
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
function askableFactor({ kinds }: AskDeps, person: ChallengedPerson, factorId: FactorId): Factor | null {
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

function createdEvent(person: ChallengedPerson, { challenge }: PreparedChallenge, context: AuditContext) {
  return {
    action: 'challenge.created',
    actor: accountActor(person.account.id),
    targets: [
      { id: challenge.id, type: 'CHALLENGE' },
      { id: challenge.factorId, type: 'FACTOR' },
    ],
    outcome: 'SUCCESS',
    context,
    metadata: { factorType: challenge.factorType, purpose: challenge.purpose, messages: challenge.messages },
  } as const
}
