import { beginChallenge, type BeginChallengeDeps } from '../../src/challenges/begin-challenge.js'
import type { ChallengedPerson, OpenChallenge } from '../../src/challenges/ports.js'
import type { Factor } from '../../src/factors/index.js'
import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { movableClock, secondsAfter } from '../../src/kernel/clock.js'
import { DEFAULT_STEP_UP_RULE } from '../../src/limits/index.js'
import { writeMfaToken } from '../../src/tokens/mfa-token.js'
import { CONTEXT, NOW, secretsOf } from '../factors/world.js'
import { factor, personWith, SETTINGS } from './challenged-person.js'
import { rememberingAudit } from '../support/audit.js'

const secrets = secretsOf('k1')

/** The outcome of a challenge about this factor, and what the store was told to open: it would open anything. */
async function ask(person: ChallengedPerson, about: Factor, mfaToken: string | null = null) {
  const opened: OpenChallenge[] = []
  const deps = {
    challenges: { open: async (input: OpenChallenge) => opened.push(input) > 0 },
    kinds: { get: () => ({ challengeSeconds: 300 }) },
    audit: rememberingAudit(),
    clock: movableClock(NOW),
    ...{ settings: SETTINGS, stepUpRule: DEFAULT_STEP_UP_RULE, assurances: USUAL_ASSURANCES, secrets },
  } as unknown as BeginChallengeDeps
  const { kind } = await beginChallenge(deps, { person, factorId: about.id, mfaToken, context: CONTEXT })
  return { kind, about: opened.map(({ challenge }) => challenge.factorId) }
}
const begun = ({ id }: Factor) => ({ kind: 'begun', about: [id] })
const refused = (kind: string) => ({ kind, about: [] })

describe('a challenge', () => {
  const [app, phone, mailbox] = [factor('TOTP'), factor('SMS'), factor('EMAIL')]
  const factors = [app, phone, mailbox]

  it('is only started for a kind of factor in use', async () => {
    const person = personWith({ factors, methods: ['TOTP'] })
    expect(await ask(person, app)).toEqual(begun(app))
    expect(await ask(person, phone)).toEqual(refused('unknown-factor'))
  })

  it("is only started for the factors the sign-in's risk admits, until the session is active", async () => {
    const admits = [app.id]
    const pending = personWith({ factors, session: { state: 'pending', admits } })
    expect(await ask(pending, app)).toEqual(begun(app))
    expect(await ask(pending, phone)).toEqual(refused('factor-not-admitted'))
    expect(await ask(personWith({ factors, session: { admits } }), phone)).toEqual(begun(phone))
  })

  it('is only started for a mailbox when no better factor can finish the sign-in', async () => {
    const session = { state: 'pending', admits: null } as const
    expect(await ask(personWith({ factors: [mailbox], session }), mailbox)).toEqual(begun(mailbox))
    expect(await ask(personWith({ factors, session }), mailbox)).toEqual(refused('factor-not-admitted'))
    const withDeadOne = personWith({ factors: [mailbox, factor('TOTP', { status: 'DISABLED' })], session })
    expect(await ask(withDeadOne, mailbox)).toEqual(refused('factor-not-admitted'))
  })

  it('is not started for a mailbox after a link to the mailbox', async () => {
    const person = personWith({ factors, session: { firstFactor: 'MAGIC_LINK' } })
    expect(await ask(person, mailbox)).toEqual(refused('factor-not-admitted'))
    expect(await ask(person, app)).toEqual(begun(app))
  })

  it('is started with an mfaToken for the factors it names', async () => {
    const expiresAt = secondsAfter(NOW, 300)
    const { token, key } = writeMfaToken(secrets, ['s1'], expiresAt)
    const personFor = (factorIds: readonly Factor['id'][]) => {
      const context = { operationHash: 'operation', forOperationOnly: false, factorIds, grantRevision: null, expiresAt }
      return personWith({ factors, session: { stepUps: { [key]: context } } })
    }
    expect(await ask(personFor([app.id]), app, token)).toEqual(begun(app))
    expect(await ask(personFor([app.id]), phone, token)).toEqual(refused('factor-not-admitted'))
    expect(await ask(personFor([]), phone, token)).toEqual(begun(phone))
  })
})
