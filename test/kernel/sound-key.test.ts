import { generateKeyPairSync, getDiffieHellman, verify } from 'node:crypto'
import { decodeBase64url, isCompactJws } from '../../src/kernel/base64url.js'
import { isDerSignature } from '../../src/kernel/der-signature.js'
import { isPointOfP256, isSoundKey } from '../../src/kernel/sound-key.js'
import { degenerateKeys, SMALL_ORDER } from '../support/degenerate-keys.js'

describe('R141 a public key', () => {
  it.each(Object.entries(degenerateKeys()))('is refused: %s', (_, jwk) => {
    expect(isSoundKey(jwk)).toBe(false)
  })

  it.each([
    ['nothing', {}],
    ['a secret one', { kty: 'oct', k: 'AAAA' }],
    ['another curve', { kty: 'OKP', crv: 'X25519', x: Buffer.alloc(32, 9).toString('base64url') }],
    ['members that are no text', { kty: 'RSA', n: 5, e: 65_537 }],
  ])('is refused: %s', (_, jwk) => {
    expect(isSoundKey(jwk)).toBe(false)
  })

  it.each([
    ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['P-384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['P-521', () => generateKeyPairSync('ec', { namedCurve: 'P-521' })],
    ['Ed25519', () => generateKeyPairSync('ed25519')],
    ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ])('is accepted when it is honest: %s', (name, make) => {
    for (let count = 0; count < (name === 'RSA' ? 3 : 20); count += 1) {
      const jwk = make().publicKey.export({ format: 'jwk' })
      expect(isSoundKey(jwk)).toBe(true)
      for (const member of ['x', 'n'] as const) {
        if (typeof jwk[member] === 'string') expect(isSoundKey({ ...jwk, [member]: `${jwk[member]}=` })).toBe(false)
      }
    }
  })

  it('is refused at once when it is a large prime, which takes minutes to prove', () => {
    const prime = (group: string) => getDiffieHellman(group).getPrime().toString('base64url')
    const start = performance.now()
    for (const group of ['modp14', 'modp16', 'modp18']) {
      expect(isSoundKey({ kty: 'RSA', n: prime(group), e: 'AQAB' })).toBe(false)
    }
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  it('is refused with a modulus that is too long, or that anyone can factor', () => {
    const prime = (group: string) => BigInt(`0x${getDiffieHellman(group).getPrime('hex')}`)
    const keyOf = (n: bigint) => {
      const hex = n.toString(16)
      const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
      return { kty: 'RSA', n: bytes.toString('base64url'), e: 'AQAB' }
    }
    expect(isSoundKey(keyOf(prime('modp14') * prime('modp14')))).toBe(true)
    expect(isSoundKey(keyOf(prime('modp16') * prime('modp16')))).toBe(false)
    expect(isSoundKey(keyOf(prime('modp14') * 751n))).toBe(false)
  })

  it('of small order would let anyone sign, which is why it matters', () => {
    const neutral = Buffer.from(SMALL_ORDER['the neutral element'] ?? '', 'hex')
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), neutral])
    // R is the neutral element and S is 0: no private key is involved.
    const forged = Buffer.concat([neutral, Buffer.alloc(32)])
    expect(verify(null, Buffer.from('anything'), { key: spki, format: 'der', type: 'spki' }, forged)).toBe(true)
  })

  it('for messages is an uncompressed point of the curve', () => {
    const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
    const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
    expect(isPointOfP256(point.toString('base64url'))).toBe(true)
    expect(isPointOfP256(Buffer.concat([Buffer.of(2), point.subarray(1)]).toString('base64url'))).toBe(false)
    expect(isPointOfP256(Buffer.alloc(65, 4).toString('base64url'))).toBe(false)
    expect(isPointOfP256(`${point.toString('base64url')}=`)).toBe(false)
  })
})

describe('R142 an ECDSA signature in DER', () => {
  const integer = (hex: string): string => `02${(hex.length / 2).toString(16).padStart(2, '0')}${hex}`
  const sequence = (body: string): string => `30${(body.length / 2).toString(16).padStart(2, '0')}${body}`
  const good = sequence(integer('01') + integer('00ff'))
  const ofP521 = (length: number): string =>
    `3081${length.toString(16)}${integer(`01${'11'.repeat(65)}`)}${integer(`01${'22'.repeat(65)}`)}`
  const is = (hex: string): boolean => isDerSignature(Buffer.from(hex, 'hex'))

  it('is two positive integers in their shortest form and nothing else', () => {
    expect(is(good)).toBe(true)
    expect(is(ofP521(136))).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['a byte that follows', `${good}00`],
    ['a byte that follows inside', sequence(`${integer('01')}${integer('01')}00`)],
    ['a third integer', sequence(integer('01') + integer('01') + integer('01'))],
    ['one integer', sequence(integer('01'))],
    ['a byte too few', good.slice(0, -2)],
    ['a zero in front that is not needed', sequence(integer('0001') + integer('01'))],
    ['a negative integer', sequence(integer('ff') + integer('01'))],
    ['a zero', sequence(integer('00') + integer('01'))],
    ['an empty integer', sequence(`0200${integer('01')}`)],
    ['a long form of a short length', `308106${integer('01')}${integer('01')}`],
    ['a long form of the length of an integer', sequence(`02810101${integer('01')}`)],
    ['no end', `3080${integer('01')}${integer('01')}0000`],
    ['another type', `31${good.slice(2)}`],
    ['the wrong length', ofP521(137)],
  ])('is refused with %s', (_, hex) => {
    expect(is(hex)).toBe(false)
  })
})

describe('R142 base64url', () => {
  it.each(['AA==', 'AA=', 'AB', 'A', 'AA A', 'AA\n', '+/8', 'AA.', 'AA%41', 'ÀA'])(
    'has one spelling, not %j',
    (text) => {
      expect(decodeBase64url(text)).toBeNull()
    },
  )

  it('is read as it is written', () => {
    expect(decodeBase64url('-_8')).toEqual(Buffer.of(0xfb, 0xff))
    expect(decodeBase64url('')).toEqual(Buffer.of())
  })

  it('is the encoding of every part of a signed token', () => {
    expect(isCompactJws('e30.e30.AA')).toBe(true)
    for (const text of ['e30.e30', 'e30.e30.AB', 'e30=.e30.AA', 'e30.e30.AA.AA', ' e30.e30.AA', 'e31.e30.AA'])
      expect(isCompactJws(text)).toBe(false)
  })
})
