import fc from 'fast-check'
import { encode } from 'cbor2'
import { passkeyFactor, passkeySignIn } from '../../src/factors/webauthn/index.js'
import type { Factor, Question } from '../../src/factors/index.js'
import { movableClock } from '../../src/kernel/clock.js'
import { newId, type AccountId, type ChallengeId, type FactorId } from '../../src/kernel/ids.js'
import { askForPasskey, RELYING_PARTY, registerPasskey } from '../factors/register-passkey.js'
import { askAbout, judge, NO_ANSWER, NOW, secretsOf } from '../factors/world.js'
import { challenged, storedPerson, verdictOf } from '../support/answers.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { PASSKEY_ENV, passkeyOptions, presentPasskey, sendPasskey, withPasskey } from '../support/passkeys.js'

const SEED = 20_261_125
const secrets = secretsOf('k1')
const kind = passkeyFactor({ secrets, relyingParty: RELYING_PARTY }, { challengeSeconds: 300 })
const accountId = newId<AccountId>()

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

interface CredentialJson {
  readonly response: Readonly<Record<string, string>>
}

/** Bytes of a right answer, some of them changed, cut off or doubled. */
const damaged = (right: string): fc.Arbitrary<string> => {
  const bytes = Buffer.from(right, 'base64url')
  const at = fc.nat(bytes.length - 1)
  return fc.oneof(
    fc.tuple(at, fc.integer({ min: 1, max: 255 })).map(([index, change]) => {
      const copy = Buffer.from(bytes)
      copy[index] = (copy[index] ?? 0) ^ change
      return text(copy)
    }),
    at.map((length) => text(bytes.subarray(0, length))),
    fc
      .tuple(at, fc.uint8Array({ maxLength: 64 }))
      .map(([index, more]) => text(Buffer.concat([bytes.subarray(0, index), more, bytes.subarray(index)]))),
    fc.uint8Array({ maxLength: 256 }).map(text),
  )
}

const jsonish = fc.oneof(
  fc.json({ maxDepth: 4 }).map((json) => text(Buffer.from(json))),
  fc
    .dictionary(fc.constantFrom('type', 'challenge', 'origin', 'crossOrigin', 'topOrigin', '__proto__'), fc.jsonValue())
    .map((said) => text(Buffer.from(JSON.stringify(said)))),
)

const cborish = fc
  .dictionary(
    fc.constantFrom('fmt', 'attStmt', 'authData', 'x5c'),
    fc.oneof(fc.jsonValue(), fc.uint8Array({ maxLength: 200 })),
  )
  .map((said) => text(encode(new Map(Object.entries(said)))))

/** A right answer with one member of its response replaced by a made-up one. */
const spoilt = (right: string): fc.Arbitrary<string> => {
  const json = JSON.parse(right) as CredentialJson
  const members = Object.keys(json.response).filter((name) => typeof json.response[name] === 'string')
  return fc
    .constantFrom(...members)
    .chain((member) =>
      fc
        .oneof(damaged(json.response[member] ?? ''), jsonish, cborish, fc.string(), fc.jsonValue())
        .map((value) => JSON.stringify({ ...json, response: { ...json.response, [member]: value } })),
    )
}

const NESTED = '['.repeat(30_000)
const BOMBS = [
  NESTED,
  '{"id":'.repeat(8_000),
  JSON.stringify({ id: 'A'.repeat(60_000) }),
  '\u0000',
  '\ud800',
  'null',
  '[]',
  '"x"',
  '1e999',
  '{"__proto__":{"id":"AA"}}',
]
/** CBOR that promises more than it holds, nests without end, or is not CBOR. */
const CBOR_BOMBS = [
  Buffer.alloc(40_000, 0x81),
  Buffer.alloc(40_000, 0xa1),
  Buffer.from('9b7fffffffffffffff', 'hex'),
  Buffer.from('bb7fffffffffffffff', 'hex'),
  Buffer.from('5b7fffffffffffffff', 'hex'),
  Buffer.from('9affffffff00', 'hex'),
  Buffer.from('ff', 'hex'),
  Buffer.from('c249' + 'ff'.repeat(9), 'hex'),
]

const enrolled = () => registerPasskey(kind, accountId)

async function askedToSign(factor: Factor) {
  const { question, shown } = await askAbout(kind, accountId, factor)
  return { question, options: shown.webauthn ?? {} }
}

describe('R099 input that no browser would send', () => {
  const judged = async (factor: Factor, question: Question, purpose: 'ENROLLMENT' | 'SIGN_IN', webauthn: string) => {
    const before = structuredClone(factor)
    const started = performance.now()
    const { kind: verdict } = await judge(kind, {
      accountId,
      factor,
      question,
      challengeId: question['challengeId'] as ChallengeId,
      purpose,
      answer: { ...NO_ANSWER, webauthn },
      now: NOW,
    })
    expect(factor).toEqual(before)
    expect(performance.now() - started).toBeLessThan(2_000)
    return verdict
  }

  it('is wrong and never throws, five thousand times at enrolling', async () => {
    const { waiting, question, created } = await enrolled()
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoilt(created), fc.string(), fc.json()), async (webauthn) => {
        // Some damage is harmless, such as to the model of the authenticator, which is unsigned.
        expect(['wrong', 'right']).toContain(await judged(waiting, question, 'ENROLLMENT', webauthn))
      }),
      { seed: SEED, numRuns: 5_000 },
    )
  }, 120_000)

  it('is wrong and never throws, five thousand times at signing', async () => {
    const { passkey, factor } = await enrolled()
    const { question, options } = await askedToSign(factor)
    const right = passkey.get(options)
    const { response } = JSON.parse(right) as CredentialJson
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoilt(right), fc.string(), fc.json()), async (webauthn) => {
        const verdict = await judged(factor, question, 'SIGN_IN', webauthn)
        // An answer with another spelling, or without its owner, stays right; no other does.
        if (verdict === 'right') expect(sameBytes(webauthn, response)).toBe(true)
        else expect(verdict).toBe('wrong')
      }),
      { seed: SEED, numRuns: 5_000 },
    )
  }, 120_000)

  it('is wrong when it nests without end or promises more than it holds', async () => {
    const { passkey, factor, waiting, question: creation, created } = await enrolled()
    const { options: creating } = await askForPasskey(kind, accountId, waiting)
    const { question, options } = await askedToSign(factor)
    const json = JSON.parse(created) as CredentialJson
    const bombs = CBOR_BOMBS.flatMap((bytes) => [
      JSON.stringify({ ...json, response: { ...json.response, attestationObject: text(bytes) } }),
      passkey.create({ ...creating, challenge: creation['challenge'] }, { trailing: bytes }),
      passkey.create(
        { ...creating, challenge: creation['challenge'] },
        { credentialId: bytes.subarray(0, 1023), trailing: bytes },
      ),
    ])
    for (const bomb of [...BOMBS, ...bombs]) {
      expect(await judged(waiting, creation, 'ENROLLMENT', bomb)).toBe('wrong')
      expect(await judged(factor, question, 'SIGN_IN', bomb)).toBe('wrong')
    }
    for (const bytes of CBOR_BOMBS) {
      const answer = passkey.get(options, { trailing: bytes })
      expect(await judged(factor, question, 'SIGN_IN', answer)).toBe('wrong')
    }
  })

  it('signs no one in', async () => {
    const { passkey, factor } = await enrolled()
    const verifier = passkeySignIn(
      { secrets, relyingParty: RELYING_PARTY, clock: movableClock(NOW) },
      { challengeSeconds: 300 },
    )
    const right = passkey.get(verifier.begin().requestOptions)
    const person = { factorRecords: { [factor.id]: factor } }
    const { response } = JSON.parse(right) as CredentialJson
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoilt(right), fc.constantFrom(...BOMBS), fc.string(), fc.json()), async (webauthn) => {
        const presented = verifier.read(webauthn)
        const verdict = presented && (await verifier.judge(presented, person))
        if (verdict?.kind === 'right') expect(sameBytes(webauthn, response)).toBe(true)
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  }, 120_000)
})

/** Whether the signed bytes and the signature are the same in any spelling. */
function sameBytes(webauthn: string, right: Readonly<Record<string, string>>): boolean {
  const { response } = JSON.parse(webauthn) as CredentialJson
  return ['clientDataJSON', 'authenticatorData', 'signature'].every((name) =>
    Buffer.from(response[name] ?? '', 'base64url').equals(Buffer.from(right[name] ?? '', 'base64url')),
  )
}

describe.each(STORES)('R099 over HTTP, on the %s store', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    const env = { ...PASSKEY_ENV, STEPGATE_STEP_UP_LIMIT: '100000/900' }
    gateway = await startGateway({ store, env })
  })
  afterAll(() => gateway.close())

  it('answers two hundred of them without an internal error, and signs in the right one afterwards', async () => {
    const { client, passkey, factorId, email } = await withPasskey(gateway)
    const { material } = (await storedPerson(gateway, email)).factors[factorId as FactorId] ?? {}
    const stranger = gateway.client()
    const options = await passkeyOptions(stranger)
    const made = fc.sample(fc.oneof(spoilt(passkey.get(options)), fc.constantFrom(...BOMBS), fc.string()), {
      seed: SEED,
      numRuns: 170,
    })
    for (const webauthn of made) {
      const { status, errors } = await presentPasskey(stranger, webauthn)
      if (errors.length > 0) expect([status, errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
    }
    for (const webauthn of made.slice(0, 30)) {
      // An expired challenge leaves no attempts to inherit, so each has its own.
      gateway.clock.advance(300)
      const { id } = await challenged(client, factorId)
      expect(verdictOf(await sendPasskey(client, id, webauthn))).toBe('CODE_INVALID')
    }
    const after = (await storedPerson(gateway, email)).factors[factorId as FactorId]
    expect(after?.material['sealedPasskey']).toBe(material?.['sealedPasskey'])
    const last = await passkeyOptions(stranger)
    expect((await presentPasskey(stranger, passkey.get(last))).data?.signInWithPasskey.__typename).toBe('SignedIn')
  })
})
