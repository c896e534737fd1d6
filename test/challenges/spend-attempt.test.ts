import type { Challenge } from '../../src/challenges/challenge.js'
import type { SpendAttempt } from '../../src/challenges/ports.js'
import { spendAttempt, type SpendDeps } from '../../src/challenges/spend-attempt.js'
import type { Factor } from '../../src/factors/index.js'
import { movableClock } from '../../src/kernel/clock.js'
import type { FactorType } from '../../src/kernel/factor-type.js'
import { DEFAULT_STEP_UP_RULE } from '../../src/limits/index.js'
import { NOW } from '../factors/world.js'
import { challengeAbout, factor, personWith, SETTINGS } from './challenged-person.js'

interface Asked {
  readonly factor?: Partial<Factor>
  readonly challenge?: Partial<Challenge>
  readonly methods?: readonly FactorType[]
}

/** The outcome of an answer, and how many attempts the store was told to spend: it would spend any. */
async function spend(asked: Asked) {
  const spent: SpendAttempt[] = []
  const app = factor('TOTP', asked.factor)
  const challenge = challengeAbout(app, asked.challenge)
  const person = personWith({
    factors: [app],
    challenges: [challenge],
    ...(asked.methods && { methods: asked.methods }),
  })
  const challenges = { spendAttempt: async (input: SpendAttempt) => spent.push(input) > 0 }
  const deps = { challenges, clock: movableClock(NOW), settings: SETTINGS, stepUpRule: DEFAULT_STEP_UP_RULE }
  const outcome = await spendAttempt(deps as unknown as SpendDeps, person, challenge.id)
  return { kind: outcome.kind, spent: spent.length }
}

describe('an attempt', () => {
  const SPENT = { kind: 'spent', spent: 1 }
  const NOTHING_SPENT = { kind: 'not-available', spent: 0 }
  const soon = new Date(NOW.getTime() + 1)

  it('can be spent up to the last one, until the challenge expires', async () => {
    expect(await spend({})).toEqual(SPENT)
    expect(await spend({ challenge: { attemptsLeft: 1, expiresAt: soon } })).toEqual(SPENT)
    const lastOfFactor = { consecutiveFailures: SETTINGS.factorFailureLimit - 1, expiresAt: soon }
    expect(await spend({ factor: lastOfFactor })).toEqual(SPENT)
  })

  it.each<[string, Asked]>([
    ['challenge that has expired', { challenge: { expiresAt: NOW } }],
    ['challenge with no attempts left', { challenge: { attemptsLeft: 0 } }],
    ['factor that failed too often', { factor: { consecutiveFailures: SETTINGS.factorFailureLimit } }],
    ['factor that has expired', { factor: { expiresAt: NOW } }],
    ['factor that is disabled', { factor: { status: 'DISABLED' } }],
    ['factor of a kind that is not in use', { methods: ['WEBAUTHN'] }],
  ])('cannot be spent for a %s', async (_, asked) => {
    expect(await spend(asked)).toEqual(NOTHING_SPENT)
  })
})
