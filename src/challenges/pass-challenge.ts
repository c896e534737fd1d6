import type { AuditLog, LostTrust } from '../audit/index.js'
import { claimsOf, summarize, type Factor, type FactorKinds, type Judgement } from '../factors/index.js'
import { isAtLeast } from '../kernel/assurance.js'
import type { SessionId } from '../kernel/ids.js'
import type { Notices } from '../kernel/notices.js'
import { LOST, settleOn } from '../kernel/settle.js'
import { giveBackStepUpAttempt } from '../limits/index.js'
import {
  type Arrival,
  isInUse,
  isOutdatedGrant,
  isShown,
  keptWith,
  makeRoom,
  type RaiseDeps,
  type RaisedSession,
  type RaiseRules,
  raiseSession,
  type Session,
  type SessionRules,
  sessionsToRetire,
  supersede,
} from '../sessions/index.js'
import { activate } from './activate-factor.js'
import { sharesChannel } from './begin-enrollment.js'
import { passEvents } from './challenge-events.js'
import { passNotice } from './challenge-notices.js'
import type { Activation, ChallengedPerson, ChallengeStore } from './ports.js'
import { factorOf, type SpentChallenge } from './spend-attempt.js'
import type { AnswerInput, VerifyChallengeOutcome } from './verification.js'

export interface PassRules extends RaiseRules {
  readonly sessions: SessionRules
  readonly maxFactors: number
  /** Whether a recovery code only opens the way to a new factor (R038). */
  readonly recoveryCodeReEnrolls: boolean
}

export interface PassDeps extends RaiseDeps {
  readonly challenges: ChallengeStore
  readonly kinds: FactorKinds
  readonly audit: AuditLog
  readonly notices: Notices
  readonly rules: PassRules
}

type Passed = Extract<VerifyChallengeOutcome, { kind: 'passed' }>
type Right = Extract<Judgement, { kind: 'right' }>
type Wrong = Extract<Judgement, { kind: 'wrong' }>

/**
 * Accepts a right answer: consumes the challenge, advances the factor and replaces the session in one update. Anything
 * else becomes a wrong answer: a parallel answer was first or used up the code, or another account already holds the
 * credential.
 */
export async function passChallenge(
  deps: PassDeps,
  input: AnswerInput,
  spent: SpentChallenge,
  right: Right,
): Promise<Passed | Wrong> {
  const passed = await settleOn(
    spent.person,
    ({ account, session }) => deps.challenges.find(account.id, session.id),
    (person) => tryToPass(deps, input, { ...spent, person }, right),
  )
  return passed ?? { kind: 'wrong' }
}

/**
 * Whether session, challenge and factor are unchanged since the answer was judged, and the grant it completes is still
 * valid (R123). Only the rest of the document may have changed.
 */
function isAsJudged(deps: PassDeps, person: ChallengedPerson, { challenge, factor }: SpentChallenge): boolean {
  const { session } = person
  const { lifetimes, secretTimes } = deps.rules.sessions
  const at = { lifetimes, times: secretTimes, now: deps.clock.now() }
  if (!isInUse(person.sessions, session, at)) return false
  if (session.state === 'pending' && isOutdatedGrant(session, person)) return false
  if (challenge.stepUpKey !== null) {
    const stepUp = session.stepUps[challenge.stepUpKey]
    if (!stepUp || isOutdatedGrant(stepUp, person)) return false
  }
  const current = factorOf(person, challenge)
  if (person.session.challenges[challenge.factorId]?.id !== challenge.id || !current) return false
  return JSON.stringify(current.material) === JSON.stringify(factor.material)
}

async function tryToPass(
  deps: PassDeps,
  input: AnswerInput,
  spent: SpentChallenge,
  right: Right,
): Promise<Passed | Wrong | typeof LOST> {
  const { person, challenge, factor } = spent
  if (!isAsJudged(deps, person, spent)) return { kind: 'wrong' }
  const now = deps.clock.now()
  const isEnrollment = challenge.purpose === 'ENROLLMENT'
  const kind = deps.kinds.get(factor.type)
  if (isEnrollment && kind && sharesChannel(kind, factor, person, factor.replaces)) {
    return { kind: 'wrong', because: 'same-channel' }
  }
  if (isEnrollment && !mayAddFactor(person)) return { kind: 'wrong', because: 'not-proved-by-another-factor' }
  const claim = right.claim ?? null
  if (claim !== null && isHeldBy(person, claim, factor.replaces))
    return { kind: 'wrong', because: 'already-registered' }
  const enrollment = isEnrollment ? await activate(deps, person, { factor, claim, now }) : null
  if (isEnrollment && !enrollment) return { kind: 'wrong', because: 'last-factor' }
  if (enrollment && !hasRoom(person, enrollment.activation)) return { kind: 'wrong', because: 'too-many-factors' }
  const isRecovery = factor.type === 'RECOVERY_CODE'
  const removes = enrollment?.activation.removes ?? []
  const lost = lostWith(person, { isRecovery, removes })
  const raised = await raise(deps, input, spent, { right, now, lost, removes })
  const { context } = input
  const outcome = await deps.challenges.pass({
    accountId: person.account.id,
    sessionId: person.session.id,
    factorId: factor.id,
    challengeId: challenge.id,
    stepUpKey: challenge.stepUpKey,
    advance: right.advance,
    at: now,
    budget: giveBackStepUpAttempt(person.stepUpBudget, spent.attempt),
    activation: enrollment?.activation ?? null,
    before: person.session,
    raised: raised.session,
    supersedes: supersede(person.sessions, person.session, now),
    drop: droppedWith(deps, person, { raised, lost, isReplacing: removes.length > 0, now }),
    retires: sessionsToRetire(person.sessions),
    arrival: raised.arrival,
    lost,
    restartedProfile: restartsProfile(person, challenge, lost) ? raised.riskProfile : null,
    trustRevision: person.trustRevision,
    grantedOn: person.grantRevision,
    reEnrollment: reEnrollmentBy(deps, { person, isRecovery, meetsDemand: enrollment?.meetsDemand ?? false, now }),
    events: deps.audit.prepare(passEvents({ person, challenge, factor, raised, enrollment, lost, context })),
  })
  if (outcome === 'changed') return LOST
  if (outcome === 'claimed') return { kind: 'wrong', because: 'already-registered' }
  const notice = passNotice({ person, factor, raised, enrollment, context })
  const summary = summarize(enrollment?.activation.factor ?? factor)
  return {
    kind: 'passed',
    session: raised.session,
    credentials: await raised.issue(),
    factor: { ...summary, lastUsedAt: now, codesLeft: summary.codesLeft === null ? null : summary.codesLeft - 1 },
    deviceRemembered: isRemembered(raised, now),
    recoveryCodes: enrollment?.recoveryCodes ?? null,
    notify: async () => (notice ? deps.notices.tell(notice) : undefined),
  }
}

/**
 * An attacker may have shaped the profile while a password was enough, so the first factor restarts it. An answer that
 * ends trust restarts it as well.
 */
const restartsProfile = (
  { activeFactorCount }: ChallengedPerson,
  { purpose }: SpentChallenge['challenge'],
  lost: LostTrust | null,
): boolean => lost !== null || (purpose === 'ENROLLMENT' && activeFactorCount === 0)

/** Whether the account has room for the factor. Another may have taken the place since the enrolment began. */
const hasRoom = ({ activeFactorCount }: ChallengedPerson, { maxFactors, removesActive }: Activation): boolean =>
  activeFactorCount < maxFactors + removesActive

/** Whether another factor of this account already holds the key; the store checks the other accounts. */
const isHeldBy = ({ factorRecords }: ChallengedPerson, claim: string, except: Factor['replaces']): boolean =>
  claimsOf(Object.values(factorRecords).filter(({ id }) => id !== except)).includes(claim)

/**
 * A session that began to enrol the first factor has proved nothing else. If the account has another factor by now, a
 * stolen password must not be able to add one beside it (R030).
 */
function mayAddFactor({ activeFactorCount, factorRecords, session }: ChallengedPerson): boolean {
  if (activeFactorCount === 0) return true
  return Object.values(session.proofs).some(({ factorId }) => factorRecords[factorId]?.status === 'ACTIVE')
}

/** A recovery code may start a demand for a new factor; a new factor of a kind that counts ends every demand. */
function reEnrollmentBy(
  { rules }: PassDeps,
  by: {
    readonly person: ChallengedPerson
    readonly isRecovery: boolean
    readonly meetsDemand: boolean
    readonly now: Date
  },
) {
  const from = by.person.reEnrollSince
  if (by.isRecovery && rules.recoveryCodeReEnrolls) return { from, to: by.now }
  return by.meetsDemand && from !== null ? { from, to: null } : null
}

async function raise(
  deps: PassDeps,
  input: AnswerInput,
  { person, challenge, factor }: SpentChallenge,
  change: {
    readonly right: Right
    readonly now: Date
    readonly lost: LostTrust | null
    readonly removes: Activation['removes']
  },
): Promise<RaisedSession> {
  const { origin, deviceToken, deviceKey } = input
  // A recovery code says nothing about the device it is typed on, and only MFA spares the next prompt.
  const isMfa = isAtLeast(deps.assurances.of(factor.type), 'MFA')
  const isAllowed = person.mfaRules.everywhere.rememberedDevices && factor.type !== 'RECOVERY_CODE'
  const rememberDevice = input.rememberDevice && isMfa && isAllowed
  const methods = change.right.methods ?? null
  const proof = { factorId: factor.id, type: factor.type, provedAt: change.now, methods }
  const stepUp = challenge.stepUpKey === null ? null : (person.session.stepUps[challenge.stepUpKey] ?? null)
  const asLearned = restartsProfile(person, challenge, change.lost) ? { ...person, riskProfile: null } : person
  const raised = await raiseSession(deps, {
    person: asLearned,
    proof,
    stepUp,
    origin,
    deviceToken,
    deviceKey,
    rememberDevice,
  })
  const kept = Object.entries(raised.session.proofs).filter(([id]) => !change.removes.some((removed) => removed === id))
  const session = { ...raised.session, proofs: Object.fromEntries(kept) }
  const isForgotten = change.lost !== null && !rememberDevice
  return { ...raised, session, arrival: isForgotten ? withoutRemembering(raised.arrival) : raised.arrival }
}

/** The trust this answer ends: using a recovery code, or replacing a factor, forgets remembered devices (R088). */
function lostWith(
  { sessions, session, devices }: ChallengedPerson,
  { isRecovery, removes }: { readonly isRecovery: boolean; readonly removes: readonly Factor['id'][] },
): LostTrust | null {
  if (!isRecovery && removes.length === 0) return null
  const remembered = Object.values(devices).filter(({ rememberedUntil }) => rememberedUntil !== null)
  const others = removes.length === 0 ? [] : sessionsBeside({ sessions, session })
  const endedSessions = others.filter((each) => isShown(sessions, each)).map(({ id }) => id)
  return { endedSessions, forgottenDevices: remembered.map(({ id }) => id) }
}

const sessionsBeside = ({ sessions, session }: Pick<ChallengedPerson, 'sessions' | 'session'>): readonly Session[] => {
  const kept = keptWith(sessions, session.id)
  return Object.values(sessions).filter(({ id }) => !kept.includes(id))
}

/**
 * The sessions this answer ends: all others when a factor is replaced, otherwise those the better-proved session leaves
 * no room for.
 */
function droppedWith(
  deps: PassDeps,
  person: ChallengedPerson,
  by: {
    readonly raised: RaisedSession
    readonly lost: LostTrust | null
    readonly isReplacing: boolean
    readonly now: Date
  },
): readonly SessionId[] {
  const { session } = by.raised
  const crowded = makeRoom({ ...deps.rules.sessions, assurances: deps.assurances }, person.sessions, session, by.now)
  const others = by.isReplacing ? sessionsBeside(person).map(({ id }) => id) : []
  return [...new Set([...others, ...crowded])].filter((id) => id !== session.id && id !== person.session.id)
}

function withoutRemembering(arrival: Arrival | null): Arrival | null {
  if (!arrival) return null
  return { ...arrival, device: { ...arrival.device, device: { ...arrival.device.device, rememberedUntil: null } } }
}

const isRemembered = ({ arrival }: RaisedSession, now: Date): boolean => {
  const until = arrival?.device.device.rememberedUntil
  return until !== null && until !== undefined && until > now
}
