import { totpFactor } from '../../src/factors/totp/index.js'
import { newId } from '../../src/kernel/ids.js'
import { NOTHING_REVEALED } from '../../src/factors/index.js'
import { NOW, secretsOf } from './world.js'

const secrets = secretsOf('k1')
const kindFor = (issuer: string) =>
  totpFactor({ secrets }, { issuer, pastSteps: 1, stepsAhead: 1, maxDriftSteps: 2, challengeSeconds: 300 })

async function shown(issuer: string, label: string) {
  const given = { phoneNumber: null, emailAddress: null, now: NOW }
  const begun = await kindFor(issuer).begin({ accountId: newId(), factorId: newId(), label, ...given })
  const reveal = begun.kind === 'begun' ? begun.reveal : NOTHING_REVEALED
  if (!reveal.totp) throw new Error('nothing is shown of an authenticator app')
  return reveal.totp
}

function bytesOf(base32: string): number[] {
  const bits = [...base32].map((symbol) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(symbol).toString(2).padStart(5, '0'),
  )
  return (bits.join('').match(/.{8}/g) ?? []).map((eight) => parseInt(eight, 2))
}

describe('R009 the seeds of 1,000 enrolments', () => {
  let seeds: readonly string[]
  beforeAll(async () => {
    seeds = await Promise.all(Array.from({ length: 1000 }, async () => (await shown('Stepgate', 'ada')).secret))
  })

  it('are 160 bits of base32 each and all distinct', () => {
    for (const seed of seeds) expect(seed).toMatch(/^[A-Z2-7]{32}$/)
    expect(new Set(seeds).size).toBe(1000)
  })

  it('have evenly spread bytes', () => {
    const counts = new Map<number, number>()
    const bytes = seeds.flatMap(bytesOf)
    for (const byte of bytes) counts.set(byte, (counts.get(byte) ?? 0) + 1)
    const expected = bytes.length / 256
    const chiSquare = Array.from({ length: 256 }, (_, byte) => ((counts.get(byte) ?? 0) - expected) ** 2 / expected)
    // 255 degrees of freedom: chance exceeds 380 less than once in a million runs.
    expect(chiSquare.reduce((sum, part) => sum + part, 0)).toBeLessThan(380)
  })
})

describe('R029 the address of an enrolment', () => {
  it.each([
    'x&secret=AAAAAAAAAAAAAAAA',
    'x?secret=AAAA#fragment',
    'a:b',
    'a/../b',
    '100% +1',
    'emoji 🔑 ünïcödé',
    '"quoted" <b>',
    'x%26secret%3DAAAA',
    'line\nbreak',
  ])('keeps the name %j a name', async (name) => {
    const { secret, otpauthUri } = await shown(name, name)
    expect(otpauthUri).toMatch(/^[\x21-\x7e]+$/)
    const uri = new URL(otpauthUri)
    expect([uri.protocol, uri.host, uri.hash]).toEqual(['otpauth:', 'totp', ''])
    expect([...uri.searchParams.keys()]).toEqual(['secret', 'issuer', 'algorithm', 'digits', 'period'])
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      secret,
      issuer: name,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    })
    // One colon separates issuer and account; those in names are escaped, and spaces are never written as a plus.
    const [issuer, account, ...rest] = uri.pathname.slice(1).split(':').map(decodeURIComponent)
    expect([issuer, account, rest]).toEqual([name, name, []])
    expect(otpauthUri).not.toContain('+')
  })
})
