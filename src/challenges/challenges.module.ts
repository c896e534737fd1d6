import type { Assurances } from '../kernel/assurance.js'
import type { Clock } from '../kernel/clock.js'
import type { Notices } from '../kernel/notices.js'
import type { Secrets } from '../kernel/secrets.js'
import type { SpendCall } from '../kernel/spend-call.js'
import type { AuditLog } from '../audit/index.js'
import type { DeviceProofs } from '../devices/index.js'
import type { FactorKinds, FactorStore, PushDelivery } from '../factors/index.js'
import type { StepUpRule } from '../limits/index.js'
import type { RaiseDeps } from '../sessions/index.js'
import type { SessionTokens } from '../tokens/index.js'
import { ChallengeResolver } from './challenge-resolver.graphql.js'
import type { ChallengeSettings } from './challenge.js'
import { EnrollmentResolver } from './enrollment.graphql.js'
import type { PassRules } from './pass-challenge.js'
import { createChallengeOpener } from './open-with-session.js'
import type { ChallengeStore, PushStore } from './ports.js'
import { createChallengeStarter } from './start-challenge.js'
import { PushResolver } from './push-resolver.graphql.js'

export interface ChallengesPorts {
  readonly challenges: ChallengeStore
  readonly factors: FactorStore
  readonly kinds: FactorKinds
  readonly pushDevices: PushStore
  readonly pushDelivery: PushDelivery
  readonly deviceProofs: DeviceProofs
  readonly risk: RaiseDeps['risk']
  readonly tokens: SessionTokens
  readonly rules: PassRules & ChallengeRules
  /** The recipient that push devices sign their calls for: the gateway's public URL. */
  readonly audience: string
  /** Counts an unsigned or wrongly signed call against the client's address. */
  readonly wrongDeviceCalls: SpendCall
  readonly assurances: Assurances
  readonly notices: Notices
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
}

export interface ChallengeRules {
  readonly challenges: ChallengeSettings
  readonly stepUp: StepUpRule
  /** How long a new factor is valid; null: for ever. */
  readonly factorLifetimeSeconds: number | null
}

/** Challenges about factors, enrolment, and the answers of push devices. */
export function challengesModule(ports: ChallengesPorts) {
  const recovery = ports.kinds.get('RECOVERY_CODE')
  if (!recovery) throw new Error('recovery codes are always enabled')
  const { challenges: settings, stepUp: stepUpRule, maxFactors, factorLifetimeSeconds } = ports.rules
  const deps = { ...ports, settings, stepUpRule, maxFactors, factorLifetimeSeconds, recovery }
  return {
    openChallenge: createChallengeOpener(deps),
    startChallenge: createChallengeStarter(deps),
    resolvers: [new ChallengeResolver(deps, ports.deviceProofs), new EnrollmentResolver(deps), new PushResolver(deps)],
  }
}
