import type { AuditLog } from '../audit/index.js'
import { newFactor, summarize, type Factor, type FactorKinds, type MaterialAdvance } from '../factors/index.js'
import { newId } from '../kernel/ids.js'
import { giveBackStepUpAttempt } from '../limits/index.js'
import { raiseSession, type RaiseDeps, type RaisedSession } from '../sessions/index.js'
import { passEvents } from './challenge-events.js'
import type { Activation, ChallengedPerson, ChallengeStore } from './ports.js'
import { factorOf, type SpentChallenge } from './spend-attempt.js'
import type { VerifyChallengeInput, VerifyChallengeOutcome } from './verification.js'

export interface PassDeps extends RaiseDeps {
  readonly challenges: ChallengeStore
  readonly kinds: FactorKinds
  readonly audit: AuditLog
  readonly maxFactors: number
}

type Passed = Extract<VerifyChallengeOutcome, { kind: 'passed' }>

/** How often an update that lost against a change elsewhere in the person's document is tried again. */
const ROUNDS = 20

/**
 * Lets the person in: consumes the challenge, advances the factor and replaces the session in one update. Null when a
 * parallel answer did it first, or used up the code.
 */
export async function passChallenge(
  deps: PassDeps,
  input: VerifyChallengeInput,
  spent: SpentChallenge,
  advance: MaterialAdvance,
): Promise<Passed | null> {
  let person: ChallengedPerson | null = spent.person
  for (let round = 0; round < ROUNDS && person; round += 1) {
    if (!isAsJudged(person, spent)) return null
    const passed = await tryToPass(deps, input, { ...spent, person }, advance)
    if (passed) return passed
    person = await deps.challenges.find(person.account.id, person.session.id)
  }
  return null
}

/** Whether challenge and factor are still what the answer was judged by; only the rest of the document may have moved. */
function isAsJudged(person: ChallengedPerson, { challenge, factor }: SpentChallenge): boolean {
  const current = factorOf(person, challenge)
  if (person.session.challenges[challenge.factorId]?.id !== challenge.id || !current) return false
  return JSON.stringify(current.material) === JSON.stringify(factor.material)
}

async function tryToPass(
  deps: PassDeps,
  input: VerifyChallengeInput,
  spent: SpentChallenge,
  advance: MaterialAdvance,
): Promise<Passed | null> {
  const { person, challenge, factor } = spent
  const now = deps.clock.now()
  const enrollment = challenge.purpose === 'ENROLLMENT' ? await activate(deps, person, factor, now) : null
  const { origin, deviceToken, rememberDevice } = input
  const proof = { factorId: factor.id, type: factor.type, provedAt: now }
  const stepUp = challenge.stepUpKey === null ? null : (person.session.stepUps[challenge.stepUpKey] ?? null)
  const raised = raiseSession(deps, { person, proof, stepUp, origin, deviceToken, rememberDevice })
  const isPassed = await deps.challenges.pass({
    accountId: person.account.id,
    sessionId: person.session.id,
    factorId: factor.id,
    challengeId: challenge.id,
    stepUpKey: challenge.stepUpKey,
    advance,
    at: now,
    budget: giveBackStepUpAttempt(person.stepUpBudget, spent.attempt),
    activation: enrollment?.activation ?? null,
    before: person.session,
    raised: raised.session,
    arrival: raised.arrival,
  })
  if (!isPassed) return null
  const recovery = enrollment?.activation.recovery ?? null
  const { context } = input
  const events = { person, challenge, factor, raised, isActivated: enrollment !== null, recovery, context }
  await deps.audit.record(passEvents(events))
  return {
    kind: 'passed',
    session: raised.session,
    credentials: await raised.issue(),
    factor: { ...summarize(enrollment?.activation.factor ?? factor), lastUsedAt: now },
    deviceRemembered: isRemembered(raised, now),
    recoveryCodes: enrollment?.recoveryCodes ?? null,
  }
}

const isRemembered = ({ arrival }: RaisedSession, now: Date): boolean => {
  const until = arrival?.device.device.rememberedUntil
  return until !== null && until !== undefined && until > now
}

/** The new factor as a live one; with the first come recovery codes, in place of any older ones. */
async function activate(deps: PassDeps, person: ChallengedPerson, factor: Factor, now: Date) {
  const accountId = person.account.id
  const kind = person.activeFactorCount === 0 ? deps.kinds.get('RECOVERY_CODE') : undefined
  const recovery = kind && (await newFactor(kind, { accountId, factorId: newId(), label: '', name: null, now }))
  const older = Object.values(person.factorRecords).filter((each) => each.type === 'RECOVERY_CODE')
  const activation: Activation = {
    factor: { ...factor, status: 'ACTIVE', activatedAt: now, lastUsedAt: now, consecutiveFailures: 0 },
    recovery: recovery ? { ...recovery.factor, status: 'ACTIVE', activatedAt: now } : null,
    replacesRecovery: recovery ? older.map((each) => each.id) : [],
    maxFactors: deps.maxFactors,
  }
  return { activation, recoveryCodes: recovery?.reveal.recoveryCodes ?? null }
}
