import { movableClock, secondsAfter } from '../../src/kernel/clock.js'
import { readMfaToken, writeMfaToken } from '../../src/tokens/mfa-token.js'
import { openStepUp, readStepUp } from '../../src/sessions/step-up-context.js'
import { secretsOf } from '../factors/world.js'

const NOW = new Date('2030-01-01T12:00:00.000Z')
const END = secondsAfter(NOW, 300)
const secrets = secretsOf('k1')
const { token, key } = writeMfaToken(secrets, ['s1'], END)

describe('an mfaToken by itself', () => {
  it('is genuine until it expires', () => {
    expect(readMfaToken(secrets, token, secondsAfter(END, -1))).toEqual({ kind: 'genuine', key })
    expect(readMfaToken(secrets, token, END)).toEqual({ kind: 'expired' })
    expect(readMfaToken(secrets, token, secondsAfter(END, 86_400))).toEqual({ kind: 'expired' })
  })

  it('is invalid when its expiry was changed', () => {
    const moved = token.replace(/\.[0-9a-z]+~/, `.${(END.getTime() / 1000 + 600).toString(36)}~`)
    expect(moved).not.toBe(token)
    expect(readMfaToken(secrets, moved, NOW)).toEqual({ kind: 'invalid' })
  })
})

describe('the context of an mfaToken', () => {
  const clock = movableClock(NOW)
  type Person = Parameters<typeof readStepUp>[1]
  /** A session with a context under the key of the token, with this expiry. */
  const personUntil = (expiresAt: Date, granted: number | null = null): Person => {
    const context = { operationHash: null, forOperationOnly: false, factorIds: [], grantRevision: granted, expiresAt }
    return { session: { stepUps: { [key]: context } }, grantRevision: null } as unknown as Person
  }
  const readingOf = (person: Person) => readStepUp({ secrets, clock }, person, token).kind

  it('is open until its own expiry, even when the token lives longer', () => {
    expect(readingOf(personUntil(END))).toBe('open')
    expect(readingOf(personUntil(secondsAfter(NOW, 1)))).toBe('open')
    expect(readingOf(personUntil(NOW))).toBe('expired')
    expect(readingOf(personUntil(secondsAfter(NOW, -60)))).toBe('expired')
  })

  it('is not found when credentials changed since it was opened, or in another session', () => {
    expect(readingOf(personUntil(END, 3))).toBe('not-found')
    expect(readingOf({ session: { stepUps: {} }, grantRevision: null } as unknown as Person)).toBe('not-found')
  })
})

describe('one context too many', () => {
  const full = { old: { operationHash: 'a', forOperationOnly: true, factorIds: [], expiresAt: END } }

  /** What the store is asked to drop, call by call, while it refuses the first few. */
  async function opening(refusals: number) {
    const drops: number[] = []
    const sessions = {
      openStepUp: ({ drop }: { readonly drop: readonly unknown[] }) =>
        Promise.resolve(drops.push(drop.length) > refusals),
    }
    const deps = { sessions, secrets, clock: movableClock(NOW), maxStepUps: 1, mfaTokenSeconds: 300 } as never
    const person = { account: { id: 'a' }, session: { id: 's', stepUps: full }, grantRevision: null } as never
    const need = { assurance: 'MFA', maxAge: 0, challenge: [], enroll: [], paths: [] } as never
    const stepUp = await openStepUp(deps, { person, need, operationHash: 'b' })
    return { drops, isOpen: stepUp !== null }
  }

  it('replaces the oldest', async () => {
    expect(await opening(0)).toEqual({ drops: [1], isOpen: true })
  })

  it('is added when a challenge has begun with the oldest meanwhile', async () => {
    expect(await opening(1)).toEqual({ drops: [1, 0], isOpen: true })
  })

  it('is not opened when the session is gone', async () => {
    expect(await opening(2)).toEqual({ drops: [1, 0], isOpen: false })
  })
})
