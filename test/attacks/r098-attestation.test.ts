import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError } from '../../src/config/index.js'
import { movableClock } from '../../src/kernel/clock.js'
import { eventsOf, verdictOf } from '../support/answers.js'
import { certificate, type Certified } from '../support/certificates.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { beginPasskey, ORIGIN, PASSKEY_ENV, sendPasskey } from '../support/passkeys.js'
import { registered, signIn } from '../support/person.js'
import { signWith, softPasskey, type SaysOfNew } from '../support/soft-passkey.js'

const START = new Date('2100-03-01T09:00:00.000Z')

const root = certificate({ name: 'Root', issuer: null, isAuthority: true })
const between = certificate({ name: 'Between', issuer: root, isAuthority: true })
const leaf = certificate({ name: 'Leaf', issuer: between, isAuthority: false })
const direct = certificate({ name: 'Direct', issuer: root, isAuthority: false })
const foreignRoot = certificate({ name: 'Root', issuer: null, isAuthority: true })
const foreign = certificate({ name: 'Foreign', issuer: foreignRoot, isAuthority: false })
// Signed by a certificate that leads to the root but must not sign others.
const bySubject = certificate({ name: 'By subject', issuer: direct, isAuthority: false })
const ended = certificate({ name: 'Ended', issuer: root, isAuthority: false, validTo: new Date('2100-02-01') })
const early = certificate({ name: 'Early', issuer: root, isAuthority: false, validFrom: new Date('2100-04-01') })

const PACKED_ALG = -7

const packed =
  (chain: readonly Certified[], signer: Certified | undefined = chain[0]): NonNullable<SaysOfNew['attestation']> =>
  (signed) => ({
    fmt: 'packed',
    attStmt: new Map<string, unknown>([
      ['alg', PACKED_ALG],
      ['sig', new Uint8Array(signer ? signWith(signer.privateKey, signed) : signed)],
      ['x5c', chain.map(({ der }) => der)],
    ]),
  })

describe.each(STORES)('R098 attestation, on the %s store', (store) => {
  let directory: string
  let strict: TestGateway
  let open: TestGateway
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stepgate-roots-'))
    const path = join(directory, 'roots.pem')
    await writeFile(path, `${certificate({ name: 'Another', issuer: null, isAuthority: true }).pem}${root.pem}`)
    const env = { ...PASSKEY_ENV, STEPGATE_WEBAUTHN_ATTESTATION_ROOTS: path }
    strict = await startGateway({ store, env, clock: movableClock(START) })
    open = await startGateway({ store, env: PASSKEY_ENV, clock: movableClock(START) })
  })
  afterAll(async () => {
    await strict.close()
    await open.close()
    await rm(directory, { recursive: true })
  })

  async function enrolled(gateway: TestGateway, attestation?: SaysOfNew['attestation'], origin = ORIGIN) {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { options, challengeId } = await beginPasskey(client)
    const passkey = softPasskey({ origin })
    const answer = passkey.create(options, attestation ? { attestation } : {})
    const sent = await sendPasskey(client, challengeId, answer)
    return { email, options, sent, verdict: verdictOf(sent) }
  }

  const selfMade: NonNullable<SaysOfNew['attestation']> = (signed) => ({
    fmt: 'packed',
    attStmt: new Map<string, unknown>([
      ['alg', PACKED_ALG],
      ['sig', new Uint8Array(signed)],
    ]),
  })

  it.each([
    ['through an authority between', packed([leaf, between])],
    ['with the root sent along', packed([leaf, between, root])],
    ['directly', packed([direct])],
  ])('is accepted when it leads to a configured root: %s', async (_, attestation) => {
    const { verdict, options } = await enrolled(strict, attestation)
    expect(verdict).toBe('PASSED')
    expect(options).toMatchObject({ attestation: 'direct' })
  })

  it.each([
    ['none at all', undefined],
    ['a foreign root', packed([foreign])],
    ['a foreign root of the same name', packed([foreign, foreignRoot])],
    ['the right root beside a foreign chain', packed([foreign, root])],
    ['a gap in the chain', packed([leaf])],
    ['an issuer that is no authority', packed([bySubject, direct])],
    ['a certificate that has ended', packed([ended])],
  ] as const)('is refused under configured roots: %s', async (_, attestation) => {
    const { email, verdict } = await enrolled(strict, attestation)
    expect(verdict).toBe('CODE_INVALID')
    const [failed] = await eventsOf(strict, email, 'challenge.failed')
    expect(failed?.reason).toBe('attestation-not-trusted')
  })

  it.each([
    ['a chain in the wrong order', packed([between, leaf])],
    ['one that is not in force yet', packed([early])],
    ['the certificates of another authenticator', packed([direct], foreign)],
    ['certificates beside a format that does not sign by them', none([direct])],
    ['an empty chain', packed([])],
  ] as const)(
    'is refused with and without configured roots, because the statement is invalid: %s',
    async (_, attestation) => {
      for (const gateway of [strict, open]) {
        const { email, verdict } = await enrolled(gateway, attestation)
        expect(verdict).toBe('CODE_INVALID')
        const [failed] = await eventsOf(gateway, email, 'challenge.failed')
        expect(failed?.reason).toBe('wrong-answer')
      }
    },
  )

  it('names itself as the reason only in the audit log', async () => {
    const { email, sent } = await enrolled(strict)
    const [failed] = await eventsOf(strict, email, 'challenge.failed')
    expect(failed?.reason).toBe('attestation-not-trusted')
    // The caller gets the same answer as for any other invalid one.
    const wrong = await enrolled(strict, packed([direct]), 'https://elsewhere.example')
    const [other] = await eventsOf(strict, wrong.email, 'challenge.failed')
    expect(other?.reason).not.toBe('attestation-not-trusted')
    expect([sent.status, sent.text]).toEqual([wrong.sent.status, wrong.sent.text])
    const mails = await Promise.all([email, wrong.email].map((address) => strict.mailTo(address)))
    expect(mails.flat().filter(({ text }) => /attestation|certificate/i.test(text))).toEqual([])
  })

  it('is not required without configured roots, and any valid one is accepted', async () => {
    const { verdict, options } = await enrolled(open)
    expect([verdict, options]).toMatchObject(['PASSED', { attestation: 'none' }])
    expect((await enrolled(open, packed([foreign]))).verdict).toBe('PASSED')
    expect((await enrolled(open, packed([direct], foreign))).verdict).toBe('CODE_INVALID')
    expect((await enrolled(open, selfMade)).verdict).toBe('CODE_INVALID')
  })

  it.each([
    ['is missing', null],
    ['holds no certificate', 'nothing of the kind'],
    ['holds a damaged one', root.pem.replace(/[A-Za-z0-9+/]{40}/, 'A'.repeat(40))],
  ])('stops the start when the file %s', async (_, text) => {
    const path = join(directory, 'mistake.pem')
    await rm(path, { force: true })
    if (text !== null) await writeFile(path, text)
    const env = { ...PASSKEY_ENV, STEPGATE_WEBAUTHN_ATTESTATION_ROOTS: path }
    await expect(startGateway({ env })).rejects.toThrow(ConfigError)
  })
})

function none(chain: readonly Certified[]): NonNullable<SaysOfNew['attestation']> {
  return () => ({ fmt: 'none', attStmt: new Map<string, unknown>([['x5c', chain.map(({ der }) => der)]]) })
}
