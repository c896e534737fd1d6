import { beginEnrollment, type BeginEnrollmentDeps } from '../../src/challenges/begin-enrollment.js'
import type { ChallengedPerson, OpenEnrollment } from '../../src/challenges/ports.js'
import type { Factor, FactorKind } from '../../src/factors/index.js'
import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { movableClock } from '../../src/kernel/clock.js'
import { newId, type AccountId, type FactorId, type SessionId } from '../../src/kernel/ids.js'
import { CONTEXT, factorOf, NOW } from '../factors/world.js'
import { OPEN_RULES } from '../support/mfa-rules.js'
import { rememberingAudit } from '../support/audit.js'

const MAX_FACTORS = 2
const MINE = '+15550100'
const OTHER = '+15550199'

const kind: FactorKind = {
  type: 'SMS',
  defaultName: 'Phone',
  challengeSeconds: 600,
  begin: async ({ phoneNumber }) => ({ kind: 'begun', material: { number: phoneNumber }, reveal: NOTHING }),
  judge: async () => ({ kind: 'wrong' }),
  channelOf: ({ material }) => (typeof material['number'] === 'string' ? material['number'] : null),
}
const NOTHING = { totp: null, push: null, recoveryCodes: null }
const telephone = (number: string): Factor => factorOf(kind, newId<FactorId>(), { number })

/** An account with these live factors, and the enrolments it begins. */
function world(...factors: readonly Factor[]) {
  const opened: OpenEnrollment[] = []
  const deps = {
    challenges: { openEnrollment: (input: OpenEnrollment) => Promise.resolve(opened.push(input) > 0) },
    kinds: new Map([['SMS', kind]]),
    audit: rememberingAudit(),
    clock: movableClock(NOW),
    settings: { attempts: 5 },
    assurances: USUAL_ASSURANCES,
    maxFactors: MAX_FACTORS,
    factorLifetimeSeconds: null,
  } as unknown as BeginEnrollmentDeps
  const person = {
    account: { id: newId<AccountId>(), email: 'ada@example.com', emailKey: 'ada@example.com', linkedTo: null },
    session: { id: newId<SessionId>(), challenges: {}, proofs: {} },
    factors,
    factorRecords: Object.fromEntries(factors.map((factor) => [factor.id, factor])),
    activeFactorCount: factors.length,
    enrollments: [],
    devices: {},
    reEnrollSince: null,
    mfaRules: OPEN_RULES,
  } as unknown as ChallengedPerson
  const begin = (phoneNumber: string, replaces: FactorId | null = null) =>
    beginEnrollment(deps, {
      person,
      type: 'SMS',
      name: null,
      phoneNumber,
      emailAddress: null,
      replaces,
      context: CONTEXT,
    })
  return { opened, begin }
}

describe('beginning an enrolment', () => {
  it('stores a factor that waits for its first proof', async () => {
    const { begin, opened } = world(telephone(MINE))
    expect(await begin(OTHER)).toMatchObject({ kind: 'begun', factor: { status: 'PENDING' } })
    expect(opened).toHaveLength(1)
  })

  it('is refused when a live factor uses the same channel', async () => {
    const { begin, opened } = world(telephone(MINE))
    expect(await begin(MINE)).toEqual({ kind: 'same-channel' })
    expect(opened).toEqual([])
  })

  it('may enrol the same number again to replace the factor that has it', async () => {
    const old = telephone(MINE)
    expect(await world(old).begin(MINE, old.id)).toMatchObject({ kind: 'begun', factor: { replaces: old.id } })
  })

  it('is refused beyond the maximum number of factors, except as a replacement', async () => {
    const old = telephone(MINE)
    const { begin, opened } = world(old, telephone('+15550101'))
    expect(await begin(OTHER)).toEqual({ kind: 'too-many-factors' })
    expect(opened).toEqual([])
    expect(await begin(OTHER, old.id)).toMatchObject({ kind: 'begun' })
  })
})
