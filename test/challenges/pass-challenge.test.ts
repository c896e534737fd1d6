import type { Challenge } from '../../src/challenges/challenge.js'
import { passChallenge, type PassDeps } from '../../src/challenges/pass-challenge.js'
import type { ChallengedPerson } from '../../src/challenges/ports.js'
import type { SpentChallenge } from '../../src/challenges/spend-attempt.js'
import type { VerifyChallengeInput } from '../../src/challenges/verification.js'
import type { Factor, FactorKind, Material } from '../../src/factors/index.js'
import { movableClock, secondsAfter } from '../../src/kernel/clock.js'
import { newId, type AccountId, type FactorId, type SessionId } from '../../src/kernel/ids.js'
import { NO_ADVANCE } from '../../src/kernel/material-advance.js'
import { factorOf, NOW } from '../factors/world.js'

const CLAIM = 'webauthn:key'
const PASSKEY = { type: 'WEBAUTHN', defaultName: 'Passkey' } as FactorKind
const passkey = (material: Material, over: Partial<Factor> = {}): Factor => ({
  ...factorOf(PASSKEY, newId<FactorId>(), material),
  ...over,
})

interface World {
  readonly purpose: Challenge['purpose']
  /** The answered factor, as the answer was judged by it. */
  readonly factor: Factor
  /** The same factor as it is now; left out: unchanged. */
  readonly now?: Factor
  readonly others?: readonly Factor[]
  /** The factors that the session has proved. */
  readonly proved?: readonly FactorId[]
}

const deps = {
  challenges: {},
  kinds: new Map(),
  clock: movableClock(NOW),
  rules: {
    sessions: { lifetimes: { idleSeconds: 600, absoluteSeconds: 600, pendingSeconds: 600 }, secretTimes: {} },
  },
} as unknown as PassDeps

/**
 * The outcome of a right answer. Each answer claims a key that another factor of the account has, so nothing passes
 * here, and the reason tells how far it got.
 */
function answered({ purpose, factor, now = factor, others = [], proved = [] }: World) {
  const isEnrollment = purpose === 'ENROLLMENT'
  const challenge = { id: newId<Challenge['id']>(), purpose, factorId: factor.id, stepUpKey: null }
  const session = {
    id: newId<SessionId>(),
    state: 'active',
    lastSeenAt: NOW,
    endsAt: secondsAfter(NOW, 600),
    stepUps: {},
    challenges: { [factor.id]: challenge },
    proofs: Object.fromEntries(proved.map((factorId) => [factorId, { factorId }])),
  }
  const records = isEnrollment ? others : [now, ...others]
  const person = {
    account: { id: newId<AccountId>() },
    session,
    sessions: { [session.id]: session },
    grantRevision: null,
    factorRecords: Object.fromEntries(records.map((each) => [each.id, each])),
    enrollments: isEnrollment ? [now] : [],
    activeFactorCount: records.filter(({ status }) => status === 'ACTIVE').length,
  } as unknown as ChallengedPerson
  const spent = { kind: 'spent', person, challenge, factor } as unknown as SpentChallenge
  const right = { kind: 'right', claim: CLAIM, advance: NO_ADVANCE } as const
  return passChallenge(deps, {} as VerifyChallengeInput, spent, right)
}

const AS_FAR_AS_THE_CLAIM = { kind: 'wrong', because: 'already-registered' }
const holder = passkey({ claim: CLAIM })

describe('a right answer', () => {
  const factor = passkey({ signCount: 4, used: { c0: 'one', c1: 'two' } })

  it('continues with the material it was judged by', async () => {
    const same = { ...factor, name: 'renamed', lastUsedAt: NOW }
    expect(await answered({ purpose: 'SIGN_IN', factor, now: same, others: [holder] })).toEqual(AS_FAR_AS_THE_CLAIM)
  })

  it.each<[string, Partial<Factor>]>([
    ['a code of it was used', { material: { signCount: 4, used: { c1: 'two' } } }],
    ['it moved on', { material: { ...factor.material, signCount: 5 } }],
    ['it was disabled', { status: 'DISABLED' }],
  ])('is wrong if %s since it was judged', async (_, change) => {
    const now = { ...factor, ...change }
    expect(await answered({ purpose: 'SIGN_IN', factor, now, others: [holder] })).toEqual({ kind: 'wrong' })
  })
})

describe('R030 a new factor', () => {
  const factor = passkey({}, { status: 'PENDING' })

  it('is added to one that the session has proved', async () => {
    const world = { purpose: 'ENROLLMENT', factor, others: [holder], proved: [holder.id] } as const
    expect(await answered(world)).toEqual(AS_FAR_AS_THE_CLAIM)
  })

  it.each<[string, readonly FactorId[]]>([
    ['nothing besides its first factor', []],
    ['a factor that the account no longer has', [newId<FactorId>()]],
  ])('is not added to a live one when the session has proved %s', async (_, proved) => {
    expect(await answered({ purpose: 'ENROLLMENT', factor, others: [holder], proved })).toEqual({
      kind: 'wrong',
      because: 'not-proved-by-another-factor',
    })
  })

  it('is added as the first one when there is no live one, although the session has proved none', async () => {
    const disabled = passkey({ claim: CLAIM }, { status: 'DISABLED' })
    expect(await answered({ purpose: 'ENROLLMENT', factor, others: [disabled] })).toEqual(AS_FAR_AS_THE_CLAIM)
  })

  it('is not added on the proof of a disabled one', async () => {
    const disabled = passkey({}, { status: 'DISABLED' })
    const world = { purpose: 'ENROLLMENT', factor, others: [holder, disabled], proved: [disabled.id] } as const
    expect(await answered(world)).toMatchObject({ because: 'not-proved-by-another-factor' })
  })
})
