import { generateKeyPairSync, scryptSync } from 'node:crypto'
import { recoveryFactor } from '../../src/factors/recovery/index.js'
import { isUsed, withUsed } from '../../src/factors/totp/used-steps.js'
import { claimsOf } from '../../src/factors/index.js'
import { openPasskey, sealPasskey, type Passkey } from '../../src/factors/webauthn/passkey.js'
import { readPasskey, writePasskey } from '../../src/factors/webauthn/passkey-text.js'
import { passkeyFactor } from '../../src/factors/webauthn/index.js'
import { newId, type AccountId, type FactorId } from '../../src/kernel/ids.js'
import { registerPasskey, RELYING_PARTY } from './register-passkey.js'
import { codeAnswer, enrolled, factorOf, judge, NOW, secretsOf } from './world.js'

const secrets = secretsOf('k1')
const owner = { accountId: newId<AccountId>(), factorId: newId<FactorId>() }

function coseKey(): string {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const [before, between] = [Buffer.from('a5010203262001215820', 'hex'), Buffer.from('225820', 'hex')]
  return Buffer.concat([before, Buffer.from(x, 'base64url'), between, Buffer.from(y, 'base64url')]).toString(
    'base64url',
  )
}

const PASSKEY: Passkey = {
  ...{ credentialId: 'the-credential', publicKey: coseKey(), backupEligible: true },
  aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4',
}

describe('R189 what older versions stored of a factor', () => {
  const formerly = (kept: Passkey = PASSKEY, id = kept.credentialId) => ({
    ...{ credentialId: id, signCount: 0 },
    sealedPasskey: secrets.seal(JSON.stringify(kept), `webauthn:${owner.accountId}:${owner.factorId}`),
  })

  it('opens a passkey with its credential id inside, and calls it outdated, so that it is sealed again', () => {
    expect(openPasskey(secrets, owner, formerly())).toEqual({ passkey: PASSKEY, signCount: 0, stale: true })
  })

  it('opens no passkey of another credential id, account or factor, in either form', () => {
    const sealedPasskey = sealPasskey(secrets, owner, PASSKEY)
    const today = { credentialId: PASSKEY.credentialId, sealedPasskey, signCount: 0 }
    expect(openPasskey(secrets, owner, today)).toEqual({ passkey: PASSKEY, signCount: 0, stale: false })
    for (const material of [formerly(), today]) {
      expect(openPasskey(secrets, owner, { ...material, credentialId: 'another' })).toBeNull()
      expect(openPasskey(secrets, { ...owner, accountId: newId() }, material)).toBeNull()
      expect(openPasskey(secrets, { ...owner, factorId: newId() }, material)).toBeNull()
    }
  })

  it('opens nothing in the older form that is not sealed as it was', () => {
    const today = secrets.seal(writePasskey(PASSKEY), `webauthn:${owner.accountId}:${owner.factorId}`)
    const material = { credentialId: PASSKEY.credentialId, sealedPasskey: today, signCount: 0 }
    expect(openPasskey(secrets, owner, material)).toBeNull()
  })

  it('claims the same key for a passkey, stored with it or not', async () => {
    const kind = passkeyFactor({ secrets, relyingParty: RELYING_PARTY }, { challengeSeconds: 60 })
    const { factor } = await registerPasskey(kind)
    const id = String(factor.material['credentialId'])
    const claim = `webauthn:${secrets.digest(id)}`
    expect(claimsOf([factor])).toEqual([claim])
    expect(claimsOf([factorOf(kind, factor.id, { ...factor.material, claim })])).toEqual([claim])
    expect(claimsOf([factorOf(kind, factor.id, {})])).toEqual([])
  })

  it('accepts a recovery code by its longer hash', async () => {
    // scrypt of the symbols with a salt of 16 zeros, N 1024, r 8, p 1, 32 bytes.
    const kind = recoveryFactor({ secrets }, { codes: 10, challengeSeconds: 600 })
    const salt = Buffer.alloc(16)
    const hash = scryptSync('01AB01CD01EF01GH', salt, 32, { N: 1024, r: 8, p: 1 })
    const { owner: accountId, factor } = await enrolled(kind)
    const stored = `${salt.toString('base64url')}.${hash.toString('base64url')}`
    const known = { ...factor, material: { codes: { c0: stored } } }
    const answered = async (code: string) =>
      (await judge(kind, { accountId, factor: known, answer: codeAnswer(code), now: NOW })).kind
    expect(await answered('01AB01CD01EF01GH')).toBe('right')
    expect(await answered('01AB01CD01EF01GJ')).toBe('wrong')
  })

  it('knows the same time steps as used, in full or by their distance', () => {
    const used = { lastTimeStep: 103, periodSeconds: 30 }
    const now = new Date(103 * 30_000)
    for (const usedTimeSteps of ['90 100 101 103', '90+10+1+2']) {
      const known = { ...used, usedTimeSteps }
      const open = [89, 90, 91, 100, 101, 102, 103, 104].filter((step) => !isUsed(known, step, now))
      expect(open).toEqual([104])
      expect(withUsed(known, 104)).toBe('90+10+1+2+1')
    }
    const clockWentBack = new Date(95 * 30_000 - 150_000)
    for (const usedTimeSteps of ['90 100 101 103', '90+10+1+2'])
      expect(isUsed({ ...used, usedTimeSteps }, 92, clockWentBack)).toBe(false)
  })
})

describe('a passkey as text', () => {
  it.each<[string, Partial<Passkey>]>([
    ['on P-256', {}],
    ['without a model', { aaguid: '00000000-0000-0000-0000-000000000000' }],
    ['of an unreadable model', { aaguid: '' }],
    ['that stays on its device', { backupEligible: false }],
    ['with another key', { publicKey: 'pAEDAzkBACBZAQ' }],
    ['with a point that is on no curve', { publicKey: `pQECAyYgASFYI${'A'.repeat(90)}` }],
  ])('%s is read as it was', (_, over) => {
    const { credentialId, ...described } = { ...PASSKEY, ...over }
    const text = writePasskey(described)
    expect(readPasskey(text)).toEqual(described)
  })

  it('takes half of what it took', () => {
    expect(writePasskey(PASSKEY).length).toBeLessThan(JSON.stringify(PASSKEY).length / 2)
  })

  it.each(['', '{}', 'e.0.1', `e${'A'.repeat(44)}.0.1`, 'k.0.2', 'kAAAA.0.1.1'])('%j is none', (text) => {
    expect(readPasskey(text)).toBeNull()
  })
})
