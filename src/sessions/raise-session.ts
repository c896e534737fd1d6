import {
  checkKey,
  deviceChangeOf,
  type DeviceKeyProof,
  type DeviceSettings,
  type Fingerprint,
  keyToBind,
  recognizeDevice,
  recordDevice,
} from '../devices/index.js'
import type { Assurances, FactorProof } from '../kernel/assurance.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import { newId, type SessionId } from '../kernel/ids.js'
import type { RequestOrigin } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { learnFrom, observe, type PackedProfile, type PromptBudget, type RiskDeps } from '../risk/index.js'
import type { SessionTokens } from '../tokens/index.js'
import { issueWithProof, newSessionSecrets, type IssuedCredentials } from './credentials.js'
import type { PersonInSession } from './person.js'
import type { Arrival } from './ports.js'
import type { Session, SessionLifetimes, StepUpContext } from './session.js'
import { ownSuccessor } from './succession.js'

export interface RaiseRules {
  readonly sessions: { readonly lifetimes: SessionLifetimes }
  readonly devices: DeviceSettings
}

export interface RaiseDeps {
  readonly secrets: Secrets
  readonly clock: Clock
  readonly risk: RiskDeps
  readonly tokens: SessionTokens
  readonly assurances: Assurances
  readonly rules: RaiseRules
}

export interface RaiseInput {
  readonly person: PersonInSession
  readonly proof: FactorProof
  /** The context of the spent `mfaToken`, if there was one. */
  readonly stepUp: StepUpContext | null
  readonly origin: RequestOrigin
  readonly deviceToken: string | null
  readonly deviceKey: DeviceKeyProof
  readonly rememberDevice: boolean
}

/**
 * A session after a second factor, with a new id and new secrets. The old secrets keep their level until the new ones
 * are presented (R068).
 */
export interface RaisedSession {
  readonly session: Session
  /** Null for a step-up that changes neither device nor profile. */
  readonly arrival: Arrival | null
  /** The risk profile that includes this sign-in. */
  readonly riskProfile: PackedProfile
  /** Call it once the session is stored. */
  issue(): Promise<IssuedCredentials>
}

/** Computes the session that a right answer leads to. Changes nothing: the caller stores it. */
export async function raiseSession(deps: RaiseDeps, input: RaiseInput): Promise<RaisedSession> {
  const { person, proof, origin } = input
  const before = person.session
  const now = deps.clock.now()
  const finishesSignIn = before.state === 'pending'
  const id = ownSuccessor(person.sessions, before)?.id ?? newId<SessionId>()
  const recorded = finishesSignIn || input.rememberDevice ? await recordSeenDevice(deps, input, { id, now }) : null
  const deviceId = recorded?.device.id ?? before.deviceId
  const observation = observe(deps.risk, {
    origin,
    deviceId,
    timeZone: finishesSignIn ? before.provedFrom.observation.timeZone : null,
  })
  const active = { transport: before.transport, state: 'active' } as const
  const { secret, secretHash, refresh } = newSessionSecrets(deps.secrets, active, now, before)
  const session: Session = {
    ...withoutStanding(before),
    ...active,
    admits: null,
    choosing: null,
    // Only a session that waits for its second factor ends with the grants of the account.
    grantRevision: null,
    id,
    replaces: before.id,
    secretHash,
    refresh,
    lastSeenAt: now,
    endsAt: finishesSignIn
      ? secondsAfter(before.signedInAt, deps.rules.sessions.lifetimes.absoluteSeconds)
      : before.endsAt,
    proofs: input.stepUp?.forOperationOnly ? before.proofs : { ...before.proofs, [proof.factorId]: proof },
    operationProof: operationProof(input),
    stepUps: {},
    deviceId,
    provedFrom: { observation, provedAt: now },
    fingerprint: deviceId === null ? before.fingerprint : {},
    address: origin.address,
    userAgent: origin.userAgent.slice(0, 256),
  }
  const riskProfile = learnFrom({
    profile: person.riskProfile,
    observation,
    now,
    deviceToken: finishesSignIn ? before.arrivedBy.deviceToken : null,
    fingerprintBin: finishesSignIn ? before.arrivedBy.fingerprintBin : null,
    passedScore: before.arrivedBy.score,
  })
  const arrival = recorded && {
    at: now,
    device: deviceChangeOf(recorded),
    riskProfile,
    profileRevision: person.profileRevision,
  }
  const device = recorded?.credential ?? null
  return {
    session,
    arrival,
    riskProfile,
    issue: () => {
      if (recorded) deps.risk.population.add(observation, now.getTime())
      if (finishesSignIn) countPrompted(deps.risk.promptBudget, before.arrivedBy, now)
      return issueWithProof({ ...deps.tokens, assurances: deps.assurances }, { person, session, secret, device })
    },
  }
}

/** A prompt that was passed counts for the budget of prompts, whether a rule or the score demanded it. */
function countPrompted(budget: PromptBudget, { isRuled, score }: Session['arrivedBy'], now: Date): void {
  if (isRuled) budget.ruled(now.getTime())
  else budget.proved(score, now.getTime())
}

/** What the client reported at sign-in. Once the session is active, its device keeps it. */
function fingerprintOf({ session, devices }: PersonInSession): Fingerprint {
  const device = session.deviceId === null ? undefined : devices[session.deviceId]
  return { ...device?.fingerprint, ...session.fingerprint }
}

/** The session without the history of its own credentials. */
function withoutStanding(session: Session): Session {
  const { supersededAt, presentedAt, reuseNotedAt, replaces, replacesElsewhere, ...kept } = session
  return kept
}

function operationProof({ stepUp, proof, person }: RaiseInput): Session['operationProof'] {
  if (!stepUp?.forOperationOnly || stepUp.operationHash === null) return person.session.operationProof
  return { operationHash: stepUp.operationHash, proof }
}

async function recordSeenDevice(
  deps: RaiseDeps,
  input: RaiseInput,
  { id, now }: { readonly id: SessionId; readonly now: Date },
) {
  const { person, origin, deviceKey } = input
  const devices = person.devices
  const deviceDeps = { secrets: deps.secrets, settings: deps.rules.devices }
  return recordDevice(deviceDeps, {
    accountId: person.account.id,
    handedTo: id,
    recognized: await checkKey(recognizeDevice(deviceDeps, devices, input.deviceToken, now), deviceKey),
    devices,
    origin,
    fingerprint: fingerprintOf(person),
    keyThumbprint: await keyToBind(deviceKey),
    rememberWith: input.rememberDevice ? input.proof.type : null,
    now,
  })
}
