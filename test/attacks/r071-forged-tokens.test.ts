import { createHmac, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt, type JWK } from 'jose'
import { MeDocument, SignInDocument } from '../../schema/generated/graphql.js'
import { readConfig } from '../../src/config/index.js'
import { createKeyRing } from '../../src/kernel/key-ring.js'
import { bearer } from '../support/answers.js'
import { signInApp } from '../support/app.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { PASSWORD, registered, signIn, withTotp } from '../support/person.js'

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')
const signed = (head: object, claims: object, signature: (input: string) => Buffer): string => {
  const input = `${encode(head)}.${encode(claims)}`
  return `${input}.${signature(input).toString('base64url')}`
}
const withEdKey = (key: KeyObject) => (input: string) => sign(null, Buffer.from(input), key)
const withHmac = (secret: string | Buffer) => (input: string) => createHmac('sha256', secret).update(input).digest()
const nothing = () => Buffer.alloc(0)

describe.each(STORES)('access tokens that we did not issue, on the %s store', (store) => {
  let gateway: TestGateway
  let token: string
  let claims: Record<string, unknown>
  let kid: string
  let ownKey: KeyObject
  let jwk: JWK
  const attacker = generateKeyPairSync('ed25519')
  const attackerJwk = attacker.publicKey.export({ format: 'jwk' })
  let hits = 0
  const keyServer = createServer((_, res) => {
    hits += 1
    res
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ keys: [{ ...attackerJwk, kid: 'attacker' }] }))
  })

  beforeAll(async () => {
    gateway = await startGateway({ store })
    const email = await registered(gateway)
    token = (await signInApp(gateway, email)).accessToken
    claims = decodeJwt(token)
    const ring = createKeyRing(readConfig(gateway.env).keys)
    ;[kid, ownKey] = [ring.current.id, ring.current.signing]
    const published = await fetch(`${gateway.url}/.well-known/jwks.json`)
    ;[jwk] = ((await published.json()) as { keys: [JWK] }).keys
    await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    await gateway.close()
    keyServer.close()
  })

  const codeFor = async (forged: string) => codeOf(await bearer(gateway, forged).send(MeDocument))
  const honestHead = () => ({ alg: 'EdDSA', typ: 'at+jwt', kid })

  it('publishes one key and none of its secret part', () => {
    expect(jwk).toMatchObject({ kty: 'OKP', crv: 'Ed25519', kid, alg: 'EdDSA', use: 'sig' })
    expect(jwk).not.toHaveProperty('d')
  })

  it('accepts the token as issued, and one signed here the same way', async () => {
    expect(await codeFor(token)).toBeNull()
    expect(await codeFor(signed(honestHead(), claims, withEdKey(ownKey)))).toBeNull()
  })

  it('refuses every forged header and signature (R071)', async () => {
    const { port } = keyServer.address() as AddressInfo
    const jku = `http://127.0.0.1:${port}/jwks.json`
    const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
    const raw = Buffer.from(String(jwk.x), 'base64url')
    const [head, body, signature] = token.split('.')
    const other = { ...claims, sub: 'A'.repeat(22) }
    const forged: Record<string, string> = {
      'alg none': signed({ alg: 'none', typ: 'at+jwt', kid }, claims, nothing),
      'alg None': signed({ alg: 'None', typ: 'at+jwt', kid }, claims, nothing),
      'alg NONE': signed({ alg: 'NONE', typ: 'at+jwt', kid }, claims, nothing),
      'alg none with the old signature': `${encode({ alg: 'none', typ: 'at+jwt', kid })}.${body}.${signature}`,
      'no alg': signed({ typ: 'at+jwt', kid }, claims, withEdKey(ownKey)),
      'HS256 with the public key as PEM': signed({ ...honestHead(), alg: 'HS256' }, claims, withHmac(pem)),
      'HS256 with the bytes of the public key': signed({ ...honestHead(), alg: 'HS256' }, claims, withHmac(raw)),
      'HS256 with x': signed({ ...honestHead(), alg: 'HS256' }, claims, withHmac(String(jwk.x))),
      'HS256 with nothing': signed({ ...honestHead(), alg: 'HS256' }, claims, withHmac('')),
      'another key under our id': signed(honestHead(), claims, withEdKey(attacker.privateKey)),
      'another key, embedded': signed({ ...honestHead(), jwk: attackerJwk }, claims, withEdKey(attacker.privateKey)),
      'another key, embedded, no kid': signed(
        { alg: 'EdDSA', typ: 'at+jwt', jwk: attackerJwk },
        claims,
        withEdKey(attacker.privateKey),
      ),
      jku: signed({ ...honestHead(), kid: 'attacker', jku }, claims, withEdKey(attacker.privateKey)),
      'jku under our id': signed({ ...honestHead(), jku }, claims, withEdKey(attacker.privateKey)),
      x5u: signed({ ...honestHead(), kid: 'attacker', x5u: jku }, claims, withEdKey(attacker.privateKey)),
      'no kid': signed({ alg: 'EdDSA', typ: 'at+jwt' }, claims, withEdKey(ownKey)),
      'kid with a path': signed({ ...honestHead(), kid: '../../../dev/null' }, claims, withHmac('')),
      'kid with an operator': signed({ ...honestHead(), kid: { $ne: null } }, claims, withEdKey(attacker.privateKey)),
      'kid as a list': signed({ ...honestHead(), kid: [kid] }, other, withEdKey(attacker.privateKey)),
      'kid __proto__': signed({ ...honestHead(), kid: '__proto__' }, claims, withEdKey(attacker.privateKey)),
      'unknown crit': signed({ ...honestHead(), crit: ['exp2'], exp2: 1 }, claims, withEdKey(ownKey)),
      'unencoded payload': signed({ ...honestHead(), crit: ['b64'], b64: false }, claims, withEdKey(ownKey)),
      'cut signature': `${head}.${body}.${signature?.slice(0, -4)}`,
      'no signature': `${head}.${body}.`,
      'one dot': `${head}.${body}`,
      'an extra dot': `${token}.`,
      'a fourth part': `${token}.${signature}`,
      'encrypted form': `${token}.${signature}.${signature}`,
      'another person in the claims': `${head}.${encode(other)}.${signature}`,
      'padded signature': `${token}==`,
      'not base64': `${head}.%%%.${signature}`,
      'JSON in place of a head': `${Buffer.from('null').toString('base64url')}.${body}.${signature}`,
      'a list in place of claims': signed(honestHead(), [claims], withEdKey(ownKey)),
      dots: '..',
    }
    const accepted: string[] = []
    for (const [name, text] of Object.entries(forged))
      if ((await codeFor(text)) !== 'UNAUTHENTICATED') accepted.push(name)
    expect(accepted).toEqual([])
    expect(Object.keys(forged).length).toBeGreaterThan(30)
    expect(hits).toBe(0)
  })

  it('refuses claims that differ from our access tokens, even under our key (R072)', async () => {
    const now = Number(claims['iat'])
    const { sub: _sub, ...noSub } = claims
    const { sid: _sid, ...noSid } = claims
    const { exp: _exp, ...noExp } = claims
    const { iat: _iat, ...noIat } = claims
    const { aud: _aud, ...noAud } = claims
    const { iss: _iss, ...noIss } = claims
    const wrong: Record<string, object> = {
      expired: { ...claims, iat: now - 300, exp: now - 6 },
      'not yet valid': { ...claims, nbf: now + 61 },
      'issued in the future': { ...claims, iat: now + 61 },
      'issued too long ago for its kind': { ...claims, iat: now - 400 },
      'another issuer': { ...claims, iss: 'https://evil.example' },
      'another audience': { ...claims, aud: 'https://upstream.example' },
      'no audience': noAud,
      'no issuer': noIss,
      'no end': noExp,
      'no beginning': noIat,
      'no subject': noSub,
      'no session': noSid,
      'an expiry in words': { ...claims, exp: 'never' },
      'an unknown session': { ...claims, sid: 'B'.repeat(22) },
      'an unknown person': { ...claims, sub: 'B'.repeat(22) },
      'an operator as subject': { ...claims, sub: { $gt: '' } },
      'a path as session': { ...claims, sid: 'x.secretHash' },
      'a name of the prototype as session': { ...claims, sid: '__proto__' },
    }
    for (const [name, changed] of Object.entries(wrong)) {
      expect([name, await codeFor(signed(honestHead(), changed, withEdKey(ownKey)))]).toEqual([name, 'UNAUTHENTICATED'])
    }
    for (const typ of ['JWT', 'jwt', 'proof+jwt', 'id_token', '', undefined]) {
      expect([typ, await codeFor(signed({ alg: 'EdDSA', kid, typ }, claims, withEdKey(ownKey)))]).toEqual([
        typ,
        'UNAUTHENTICATED',
      ])
    }
  })

  it('refuses one account with a session of another', async () => {
    const { accessToken } = await signInApp(gateway, await registered(gateway))
    const { sid } = decodeJwt(accessToken)
    expect(await codeFor(signed(honestHead(), { ...claims, sid }, withEdKey(ownKey)))).toBe('UNAUTHENTICATED')
  })

  it('accepts a token for five minutes and no longer', async () => {
    const { accessToken } = await signInApp(gateway, await registered(gateway))
    const { iat = 0, exp = 0 } = decodeJwt(accessToken)
    expect(exp - iat).toBe(300)
    gateway.clock.advance(299)
    expect(await codeFor(accessToken)).toBeNull()
    gateway.clock.advance(7)
    expect(await codeFor(accessToken)).toBe('UNAUTHENTICATED')
  })

  it('accepts no other credential as an access token (R072)', async () => {
    const person = await withTotp(gateway)
    const { refreshToken } = await signInApp(gateway, await registered(gateway))
    const input = { email: person.email, password: PASSWORD, transport: 'BEARER' } as const
    const { signIn: waiting } = dataOf(await gateway.client().send(SignInDocument, { input }))
    if (waiting.__typename !== 'MfaRequired') throw new Error('no second factor was asked for')
    expect(await codeFor(refreshToken)).toBe('UNAUTHENTICATED')
    expect(await codeFor(waiting.stepUp.mfaToken)).toBe('UNAUTHENTICATED')
    expect(await codeFor(waiting.pendingToken ?? '')).toBe('MFA_REQUIRED')
    expect(await codeFor(person.client.cookies.get('stepgate-session') ?? '')).toBe('UNAUTHENTICATED')
  })

  it('treats a malformed header as anonymous, even with a cookie (R073)', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const long = `Bearer ${'x'.repeat(8000)}`
    for (const authorization of ['Bearer', 'Bearer  ', 'Bearer a b', 'Bearer "x"', long, 'Bearer null', 'Bearer é']) {
      const answer = await client.send(MeDocument, {}, { authorization })
      expect([answer.status, codeOf(answer)]).toEqual([401, 'UNAUTHENTICATED'])
    }
    expect(codeOf(await client.send(MeDocument))).toBeNull()
  })
})
