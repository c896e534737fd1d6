import { grantedAtOf } from '../accounts/index.js'
import type { AuditLog, NewAuditEvent } from '../audit/index.js'
import {
  deviceChangeOf,
  keyToBind,
  type RecognizedDevice,
  recordDevice,
  type RecordedDevice,
} from '../devices/index.js'
import type { FactorSummary } from '../kernel/actor.js'
import type { Assurances } from '../kernel/assurance.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import type { FactorType } from '../kernel/factor-type.js'
import { newId, type AccountId, type DeviceId, type SessionId } from '../kernel/ids.js'
import type { Secrets } from '../kernel/secrets.js'
import type { StepUp, StepUpNeed, StepUpReason } from '../kernel/step-up.js'
import { type AssessedRisk, learnFrom, observe, type RiskDeps } from '../risk/index.js'
import {
  type ArrivedBy,
  type IssuedCredentials,
  issueWithProof,
  makeRoom,
  newSessionSecrets,
  newStepUp,
  ownSuccessor,
  type Person,
  type RecordedUses,
  type Session,
  type SessionStore,
  sessionsToRetire,
  supersede,
} from '../sessions/index.js'
import type { SessionTokens } from '../tokens/index.js'
import type { ChallengeOpening, OpeningChallenge } from '../challenges/index.js'
import type { Arriving, ArrivingPerson } from './arrival.js'
import { organizationOf } from './destination.js'
import type { SignInRules } from './rules.js'
import { methodOf, vouchedBy, type BeginningFactor } from './beginning-factor.js'

export interface ArriveDeps {
  readonly sessions: SessionStore<ArrivingPerson>
  readonly recordedUses: Pick<RecordedUses, 'noteOpened'>
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
  readonly risk: RiskDeps
  readonly tokens: SessionTokens
  readonly assurances: Assurances
  readonly rules: SignInRules
}

/** How a sign-in continues after the right first factor. */
export type ArrivePlan =
  | { readonly kind: 'active' }
  | { readonly kind: 'challenge'; readonly options: readonly FactorSummary[]; readonly reason: StepUpReason }
  | { readonly kind: 'enroll'; readonly enrollable: readonly FactorType[] }
  /** The person chooses an organization first. */
  | { readonly kind: 'choose' }

export interface ArriveInput extends Arriving {
  readonly plan: ArrivePlan
  readonly risk: AssessedRisk
  readonly arrivedBy: ArrivedBy
  readonly recognized: RecognizedDevice
  /** Prepares the challenge that was asked for; null: none was. */
  readonly opening: ChallengeOpening | null
  /** The events of the session; the device is null unless it received a new secret. */
  eventsOf(session: Session, rotated: DeviceId | null): readonly NewAuditEvent[]
}

export interface ArrivedSession {
  readonly session: Session
  readonly stepUp: StepUp | null
  /** The challenge that began with it. */
  readonly challenge: OpeningChallenge | null
  issue(): Promise<IssuedCredentials>
}

/**
 * Opens the session, pending or active, in one conditional update. An active session also rotates the device secret and
 * updates the risk profile; a pending one does neither until it is proved. Null when the account changed meanwhile.
 */
export async function arrive(deps: ArriveDeps, input: ArriveInput): Promise<ArrivedSession | null> {
  const { person, plan, context, first } = input
  const { now, ...attemptFacts } = input.attempt
  const state = plan.kind === 'active' ? 'active' : 'pending'
  const accountId = person.account.id
  const deviceDeps = { secrets: deps.secrets, settings: deps.rules.devices }
  const chosenIn = first.method === 'CONTINUED' ? first.session : null
  const again = chosenIn && ownSuccessor(person.sessions, chosenIn)
  const id = again?.id ?? newId<SessionId>()
  const recorded =
    state === 'active'
      ? recordDevice(deviceDeps, {
          accountId,
          handedTo: id,
          recognized: input.recognized,
          devices: person.devices,
          origin: context.origin,
          fingerprint: input.fingerprint,
          keyThumbprint: await keyToBind(input.deviceKey),
          rememberWith: null,
          now,
        })
      : null
  const need = needOf(plan, deps.assurances)
  const { grantRevision } = person
  const opened =
    need &&
    newStepUp(
      { secrets: deps.secrets, mfaTokenSeconds: deps.rules.mfaTokenSeconds },
      id,
      { need, operationHash: null, grantRevision },
      now,
    )
  const kind = { transport: input.transport, state } as const
  const { secret, secretHash, refresh } = newSessionSecrets(deps.secrets, kind, now, chosenIn)
  const { lifetimes } = deps.rules.sessions
  const observation = observe(deps.risk, {
    origin: context.origin,
    deviceId: recorded?.device.id ?? null,
    timeZone: input.timeZone,
  })
  const signedInAt = chosenIn?.signedInAt ?? now
  const former = input.former?.accountId === accountId ? person.sessions[input.former.sessionId] : undefined
  const vouched = vouchedBy(first)
  const unasked: Session = {
    id,
    signInId: chosenIn?.signInId ?? id,
    firstFactor: methodOf(first),
    firstMethods: vouched.firstMethods,
    authentication: vouched.authentication,
    organizationId: organizationOf(input.destination, person.memberships),
    state,
    admits: admittedBy(plan),
    choosing: plan.kind === 'choose' ? attemptFacts : null,
    grantRevision: state === 'pending' ? grantRevision : null,
    transport: input.transport,
    secretHash,
    refresh,
    signedInAt,
    lastSeenAt: now,
    endsAt: secondsAfter(signedInAt, state === 'active' ? lifetimes.absoluteSeconds : lifetimes.pendingSeconds),
    proofs: first.method === 'PASSKEY' ? { [first.proof.factorId]: first.proof } : (chosenIn?.proofs ?? {}),
    operationProof: null,
    stepUps: opened ? { [opened.key]: opened.context } : {},
    deviceId: recorded?.device.id ?? null,
    provedFrom: { observation, provedAt: now },
    arrivedBy: input.arrivedBy,
    // An active session has a device, which keeps it.
    fingerprint: state === 'pending' ? input.fingerprint : {},
    address: context.origin.address,
    userAgent: context.origin.userAgent.slice(0, 256),
    ...(former ? { replaces: former.id } : {}),
    ...(input.former && input.former.accountId !== accountId ? { replacesElsewhere: elsewhere(input.former) } : {}),
  }
  const challenge =
    opened && input.opening ? await input.opening({ person, session: unasked, stepUp: opened.stepUp }) : null
  const session = challenge && opened ? withQuestion(unasked, opened.key, challenge) : unasked
  const drop = makeRoom({ ...deps.rules.sessions, assurances: deps.assurances }, person.sessions, session, now).filter(
    (each) => each !== id,
  )
  const hasNewSecret = recorded !== null && recorded.device.secretHash !== recorded.before?.secretHash
  const rotated = input.recognized.state === 'trusted' && hasNewSecret ? recorded.device.id : null
  const isStored = await deps.sessions.open({
    accountId,
    grantedOn: grantRevision,
    ...guardOf(first),
    adminSince: grantedAtOf(person.account, 'ADMIN'),
    session,
    challenge,
    supersedes: former ? supersede(person.sessions, former, now) : null,
    drop,
    retires: sessionsToRetire(person.sessions),
    presentedDevices: devicesPresentedBy(person, drop, recorded),
    arrival: recorded && {
      at: now,
      device: deviceChangeOf(recorded),
      riskProfile: teaches(input)
        ? learnFrom({ profile: person.riskProfile, observation, now, ...input.arrivedBy, passedScore: null })
        : person.riskProfile,
      profileRevision: person.profileRevision,
    },
    events: deps.audit.prepare([...input.eventsOf(session, rotated), ...(challenge ? [challenge.event] : [])]),
  })
  if (!isStored) return null
  deps.recordedUses.noteOpened(session)
  if (recorded && teaches(input)) {
    deps.risk.population.add(observation, now.getTime())
    if (!input.risk.isRuled) deps.risk.promptBudget.proved(input.risk.score, now.getTime())
  }
  const device = recorded?.credential ?? null
  return {
    session,
    stepUp: opened?.stepUp ?? null,
    challenge,
    issue: () => issueWithProof({ ...deps.tokens, assurances: deps.assurances }, { person, session, secret, device }),
  }
}

/**
 * Only a LOW sign-in, or one proved by a passkey, updates the risk profile. An account that cannot be challenged needs
 * a few sign-ins to begin a profile, and its first second factor begins it again.
 */
function teaches({ risk, first, person }: ArriveInput): boolean {
  if (risk.verdict === 'ALLOW' || methodOf(first) === 'PASSKEY' || person.riskProfile === null) return true
  return risk.contributions.some(({ code }) => code === 'RULE_COLD_START')
}

/** The step-up is in use while its challenge is open. */
function withQuestion(session: Session, key: string, { challenge }: OpeningChallenge): Session {
  const stepUp = session.stepUps[key]
  return stepUp ? { ...session, stepUps: { [key]: { ...stepUp, usedUntil: challenge.expiresAt } } } : session
}

/** The condition for opening the session: the password hash that was checked, or the passkey as it was verified. */
function guardOf(first: BeginningFactor) {
  const none = { passwordHash: null, continues: false, rehashed: null, advance: null }
  if (first.method === 'PASSKEY') return { ...none, advance: first.advance }
  if (first.method === 'CONTINUED') return { ...none, continues: true }
  if (first.method !== 'PASSWORD') return none
  return { ...none, passwordHash: first.passwordHash, rehashed: first.rehashed }
}

/** The factors that may finish the sign-in; none while an organization must be chosen. */
function admittedBy(plan: ArrivePlan): Session['admits'] {
  if (plan.kind === 'choose') return []
  return plan.kind === 'challenge' ? plan.options.map((factor) => factor.id) : null
}

function needOf(plan: ArrivePlan, assurances: Assurances): StepUpNeed | null {
  if (plan.kind === 'active' || plan.kind === 'choose') return null
  const base = { assurance: 'MFA', maxAge: null, purpose: 'sign-in', paths: ['signIn'] } as const
  if (plan.kind === 'enroll') return { ...base, reason: 'POLICY', challenge: [], enroll: plan.enrollable }
  // A mailbox is only offered where there is nothing better, and it does not make the session MFA.
  const hasMailbox = plan.options.some(({ type }) => assurances.of(type) === 'ONE_FACTOR')
  const challenge = plan.options.map(({ id, type, name }) => ({ factorId: id, type, name }))
  return { ...base, assurance: hasMailbox ? 'ONE_FACTOR' : 'MFA', reason: plan.reason, challenge, enroll: [] }
}

const elsewhere = ({ accountId, sessionId }: { readonly accountId: AccountId; readonly sessionId: SessionId }) => ({
  accountId,
  sessionId,
})

/** Devices of sessions that are removed, whose secret is known to have arrived. That fact must outlive the sessions. */
function devicesPresentedBy(
  { sessions, devices }: Person,
  drop: readonly SessionId[],
  recorded: RecordedDevice | null,
) {
  const written = new Set<string>(recorded ? [recorded.device.id, ...recorded.evicted.map(({ id }) => id)] : [])
  return Object.values(devices)
    .filter(({ id, handedTo }) => !written.has(id) && handedTo !== undefined && drop.includes(handedTo))
    .filter(({ handedTo }) => handedTo !== undefined && sessions[handedTo]?.presentedAt !== undefined)
    .map(({ id }) => id)
}
