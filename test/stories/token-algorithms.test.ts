import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { compileFunction } from 'node:vm'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JWK, type JWTVerifyOptions } from 'jose'
import { MeDocument } from '../../schema/generated/graphql.js'
import { readConfig, ConfigError } from '../../src/config/index.js'
import { createKeyRing } from '../../src/kernel/key-ring.js'
import { createTokenKeys, type TokenAlgorithm } from '../../src/tokens/index.js'
import { bearer } from '../support/answers.js'
import { signInApp } from '../support/app.js'
import { codeOf } from '../support/client.js'
import { startGateway, type TestGateway } from '../support/gateway.js'
import { keptDirectory, type KeptDirectory } from '../support/kept-directory.js'
import { registered } from '../support/person.js'

type JsonWebToken = { verify(token: string, key: unknown, options: object): Record<string, unknown> }
interface Answer {
  status: number
  challenge: string | null
}
type Middleware = (req: object, res: object, next: () => void) => Promise<void> | void

/** The library itself: it is there as a part of another one. */
const ofTwilio = createRequire(createRequire(import.meta.url).resolve('twilio'))
const jsonwebtoken = ofTwilio('jsonwebtoken') as JsonWebToken

let kept: KeptDirectory
let gateway: TestGateway
beforeAll(async () => {
  kept = await keptDirectory()
})
afterAll(() => kept.remove())

async function start(algorithms: string): Promise<void> {
  gateway = await startGateway({ env: { ...kept.env, STEPGATE_TOKEN_ALGORITHMS: algorithms } })
}
const keysOf = async (): Promise<readonly JWK[]> => {
  const answer = await fetch(`${gateway.url}/.well-known/jwks.json`)
  return ((await answer.json()) as { keys: readonly JWK[] }).keys
}
const newToken = async (): Promise<string> => (await signInApp(gateway, await registered(gateway))).accessToken
const accepts = async (token: string): Promise<boolean> =>
  codeOf(await bearer(gateway, token).send(MeDocument)) === null

describe('with EdDSA', () => {
  beforeAll(() => start('EdDSA'))
  afterAll(() => gateway.close())

  it('an access token has the claims of RFC 9068', async () => {
    const token = await newToken()
    const publicUrl = decodeJwt(token).iss
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: expect.any(String) as string })
    expect(decodeJwt(token)).toMatchObject({
      ...{ iss: publicUrl, aud: publicUrl, client_id: publicUrl, sub: expect.any(String) as string },
      ...{ iat: expect.any(Number) as number, exp: expect.any(Number) as number, jti: expect.any(String) as string },
    })
  })

  it('only its keys are published, to pages of every origin', async () => {
    expect((await keysOf()).map(({ alg }) => alg)).toEqual(['EdDSA'])
    for (const path of ['/.well-known/jwks.json', '/.well-known/oauth-authorization-server']) {
      const answer = await fetch(`${gateway.url}${path}`, { headers: { origin: 'https://elsewhere.example' } })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
      expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
      const preflight = await fetch(`${gateway.url}${path}`, { method: 'OPTIONS' })
      expect(preflight.status).toBe(204)
      expect((await fetch(`${gateway.url}${path}`, { method: 'POST' })).status).toBe(405)
    }
  })

  it('the metadata names issuer, keys, algorithms and assurances', async () => {
    const answer = await fetch(`${gateway.url}/.well-known/oauth-authorization-server`)
    const issuer = decodeJwt(await newToken()).iss ?? ''
    expect(await answer.json()).toEqual({
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: [],
      grant_types_supported: [],
      acr_values_supported: ['urn:stepgate:acr:1fa', 'urn:stepgate:acr:mfa', 'urn:stepgate:acr:phr'],
      access_token_signing_alg_values_supported: ['EdDSA'],
      proof_signing_alg_values_supported: ['EdDSA'],
    })
  })

  it('the middleware of the documentation lets in only what it should', async () => {
    const token = await newToken()
    const { authenticate, requireMfa } = await middleware(decodeJwt(token).iss ?? '')
    const call = async (authorization?: string): Promise<readonly Answer[]> => {
      const req = { headers: { authorization } }
      return [await through(authenticate, req), await through(requireMfa, { ...req, caller: { acr: 'x' } })]
    }
    expect(await call(`Bearer ${token}`)).toEqual([
      { status: 200, challenge: null },
      { status: 401, challenge: expect.stringContaining('insufficient_user_authentication') as string },
    ])
    const [head = '', body = ''] = token.split('.')
    for (const wrong of [undefined, 'Bearer', `Basic ${token}`, `Bearer ${head}.${body}.AAAA`]) {
      expect((await call(wrong))[0]).toMatchObject({ status: 401 })
    }
    expect(await through(requireMfa, { caller: { acr: 'urn:stepgate:acr:phr' } })).toMatchObject({ status: 200 })
  })
})

it('changes the algorithm without rejecting a token, and back', async () => {
  const held: string[] = []
  for (const [algorithms, signs, published] of [
    ['EdDSA', 'EdDSA', ['EdDSA']],
    ['EdDSA,ES256', 'EdDSA', ['EdDSA', 'ES256']],
    ['ES256,EdDSA', 'ES256', ['ES256', 'EdDSA']],
  ] as const) {
    await start(algorithms)
    for (const token of held) expect(await accepts(token)).toBe(true)
    const token = await newToken()
    expect(decodeProtectedHeader(token).alg).toBe(signs)
    expect(await accepts(token)).toBe(true)
    expect((await keysOf()).map(({ alg }) => alg)).toEqual(published)
    held.push(token)
    await gateway.close()
  }
  await start('ES256')
  const [byEdDsa = '', , byEs256 = ''] = held
  expect(await accepts(byEdDsa)).toBe(false)
  expect(await accepts(byEs256)).toBe(true)
  await gateway.close()
})

it('with ES256, jsonwebtoken verifies a token with the published key', async () => {
  await start('ES256')
  const token = await newToken()
  const { kid } = decodeProtectedHeader(token)
  const jwk = (await keysOf()).find((key) => key.kid === kid)
  expect(jwk).toEqual({
    ...{ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid },
    ...{ x: expect.any(String) as string, y: expect.any(String) as string },
  })
  const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
  const clockTimestamp = Math.floor(gateway.clock.now().getTime() / 1000)
  expect(jsonwebtoken.verify(token, key, { algorithms: ['ES256'], clockTimestamp })).toMatchObject(decodeJwt(token))
  await gateway.close()
})

it('a key verifies only its own algorithm, and only while that is listed (R071)', () => {
  const ring = createKeyRing([{ id: 'k1', secret: Buffer.alloc(32, 7) }])
  const found = (algorithms: readonly TokenAlgorithm[], alg: string, kid: string) =>
    createTokenKeys(ring, algorithms).find({ alg, kid })
  expect(found(['EdDSA', 'ES256'], 'EdDSA', 'k1')).toBe(ring.current.verifying)
  expect(found(['EdDSA', 'ES256'], 'ES256', 'k1.es256')).toBe(ring.current.es256.verifying)
  for (const [algorithms, alg, kid] of [
    [['EdDSA', 'ES256'], 'ES256', 'k1'],
    [['EdDSA', 'ES256'], 'EdDSA', 'k1.es256'],
    [['EdDSA', 'ES256'], 'HS256', 'k1.es256'],
    [['EdDSA'], 'ES256', 'k1.es256'],
    [['ES256'], 'EdDSA', 'k1'],
  ] as const) {
    expect(found(algorithms, alg, kid)).toBeNull()
  }
})

it('without an algorithm, nothing starts', () => {
  expect(() => readConfig({ STEPGATE_TOKEN_ALGORITHMS: ',' })).toThrow(ConfigError)
  expect(() => readConfig({ STEPGATE_TOKEN_ALGORITHMS: 'HS256' })).toThrow(ConfigError)
})

/** The snippet as it is, with the address and the time of this gateway. */
async function middleware(issuer: string): Promise<Record<'authenticate' | 'requireMfa', Middleware>> {
  const page = await readFile(new URL('../../docs/tokens.md', import.meta.url), 'utf8')
  const [, snippet = ''] = /```js\n([^]*?)```/.exec(page) ?? []
  const body = snippet.replace(/^import .*$/gm, '').replace(/^export /gm, '')
  const remote = () => createRemoteJWKSet(new URL(`${gateway.url}/.well-known/jwks.json`))
  const verify = (token: string, keys: ReturnType<typeof remote>, options: JWTVerifyOptions) =>
    jwtVerify(token, keys, { ...options, currentDate: gateway.clock.now() })
  const source = `${body.replace('https://auth.example.com', issuer)}\nreturn { authenticate, requireMfa }`
  const make = compileFunction(source, ['createRemoteJWKSet', 'jwtVerify']) as unknown as (
    ...given: readonly unknown[]
  ) => Record<'authenticate' | 'requireMfa', Middleware>
  return make(remote, verify)
}

async function through(step: Middleware, req: object): Promise<Answer> {
  const answer: Answer = { status: 0, challenge: null }
  const res = {
    status: (status: number) => Object.assign(res, { answered: (answer.status = status) }),
    set: (_: string, challenge: string) => Object.assign(res, { challenge: (answer.challenge = challenge) }),
    end: () => undefined,
  }
  await step(req, res, () => {
    answer.status = 200
  })
  return answer
}
