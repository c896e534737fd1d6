import type { Challenge, ChallengeSettings } from '../../src/challenges/challenge.js'
import type { ChallengedPerson } from '../../src/challenges/ports.js'
import type { Factor } from '../../src/factors/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { FACTOR_TYPES, type FactorType } from '../../src/kernel/factor-type.js'
import { newId, type AccountId, type ChallengeId, type FactorId, type SessionId } from '../../src/kernel/ids.js'
import { newStepUpBudget } from '../../src/limits/index.js'
import { NOW } from '../factors/world.js'

export const SETTINGS: ChallengeSettings = {
  attempts: 5,
  factorFailureLimit: 100,
  resendSeconds: 30,
  maxResendSeconds: 600,
}

export const factor = (type: FactorType, over: Partial<Factor> = {}): Factor =>
  ({
    ...{ id: newId<FactorId>(), type, name: type, status: 'ACTIVE', expiresAt: null, hint: null },
    ...{ consecutiveFailures: 0, material: {} },
    ...over,
  }) as Factor

export const challengeAbout = (about: Factor, over: Partial<Challenge> = {}): Challenge => ({
  ...{ id: newId<ChallengeId>(), purpose: 'STEP_UP', factorId: about.id, factorType: about.type },
  ...{ createdAt: NOW, expiresAt: secondsAfter(NOW, 300), attemptsLeft: 5, stepUpKey: null },
  ...{ question: {}, messages: 0, resendAvailableAt: null },
  ...over,
})

interface Parts {
  readonly factors: readonly Factor[]
  readonly challenges?: readonly Challenge[]
  /** The kinds of factor that the installation uses. */
  readonly methods?: readonly FactorType[]
  readonly session?: Partial<ChallengedPerson['session']>
}

/** The parts of a person with a password and these factors that challenges read. */
export function personWith({
  factors,
  challenges = [],
  methods = FACTOR_TYPES,
  session = {},
}: Parts): ChallengedPerson {
  const first = { id: newId<SessionId>(), state: 'active', admits: null, choosing: null, firstFactor: 'PASSWORD' }
  return {
    account: { id: newId<AccountId>(), email: 'ada@example.test', language: 'en', linkedTo: null, emailKey: '' },
    session: {
      ...first,
      ...{ stepUps: {}, arrivedBy: { deviceToken: 'none' }, ...session },
      challenges: Object.fromEntries(challenges.map((each) => [each.factorId, each])),
    },
    factors: factors.map((each) => ({ ...each, codesLeft: null })),
    factorRecords: Object.fromEntries(factors.map((each) => [each.id, each])),
    ...{ enrollments: [], stepUpBudget: newStepUpBudget(), grantRevision: null },
    mfaRules: { account: { methods }, organizations: {}, everywhere: { enrollable: methods } },
  } as unknown as ChallengedPerson
}
