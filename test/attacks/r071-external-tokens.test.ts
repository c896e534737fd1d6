import { generateKeyPairSync } from 'node:crypto'
import { ChangePasswordDocument, MeDocument, SignInWithExternalTokenDocument } from '../../schema/generated/graphql.js'
import { openPeople } from '../../src/store/person-document.js'
import { codeOf, dataOf } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import {
  AUDIENCE,
  encode,
  nothing,
  signed,
  startIssuer,
  startTrusting,
  withEc,
  withHmac,
  withRsa,
  type Issuer,
} from '../support/issuer.js'
import { enrollTotp, stepUp, withTotp } from '../support/person.js'
import { eventsNamed } from '../support/services.js'

describe.each(STORES)('R071, R072 tokens of trusted issuers, on the %s store', (store) => {
  let issuer: Issuer
  let gateway: TestGateway
  const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 })
  let people = 0

  beforeAll(async () => {
    issuer = await startIssuer()
    gateway = await startTrusting(store, [{ issuer: issuer.url, audience: AUDIENCE, algorithms: ['RS256', 'ES256'] }])
  })
  afterAll(async () => {
    await gateway.close()
    await issuer.close()
  })
  afterEach(() => {
    issuer.state.answer = null
  })

  const seconds = () => Math.floor(gateway.clock.now().getTime() / 1000)
  const claimsOf = (over: object = {}) => ({
    iss: issuer.url,
    aud: AUDIENCE,
    sub: `person-${(people += 1)}`,
    email: 'person@people.example',
    iat: seconds(),
    exp: seconds() + 300,
    jti: `jti-${people}`,
    amr: ['pwd'],
    ...over,
  })
  const head = { alg: 'RS256', typ: 'JWT', kid: 'rsa' }
  const honest = (over: object = {}) => signed(head, claimsOf(over), withRsa(issuer.rsa.privateKey))
  const send = (token: string, client = gateway.client()) =>
    client.send(SignInWithExternalTokenDocument, { input: { token } })
  const codeFor = async (token: string) => codeOf(await send(token))

  it('signs in the person the issuer vouches for, and finds the same account again', async () => {
    const claims = claimsOf()
    const client = gateway.client()
    const token = signed(head, claims, withRsa(issuer.rsa.privateKey))
    expect(dataOf(await send(token, client)).signInWithExternalToken).toMatchObject({
      __typename: 'SignedIn',
      session: { assurance: 'ONE_FACTOR' },
      account: { email: 'person@people.example', roles: [] },
    })
    const { id } = dataOf(await client.send(MeDocument)).me
    const again = gateway.client()
    const next = signed({ ...head, alg: 'ES256', kid: 'ec' }, { ...claims, jti: 'other' }, withEc(issuer.ec.privateKey))
    dataOf(await send(next, again))
    expect(dataOf(await again.send(MeDocument)).me.id).toBe(id)
    expect(issuer.state.hits).toEqual(['/.well-known/openid-configuration', '/keys'])
  })

  it('sets no password: it would be another way in than the issuer', async () => {
    const client = gateway.client()
    dataOf(await send(honest(), client))
    expect(dataOf(await client.send(MeDocument)).me.hasPassword).toBe(false)
    for (const currentPassword of [null, 'a rather long passphrase']) {
      const input = { currentPassword, newPassword: 'a rather long passphrase' }
      expect(codeOf(await client.send(ChangePasswordDocument, { input }))).toBe('FORBIDDEN')
    }
  })

  it('requires the second factor afterwards, as after every first factor', async () => {
    const claims = claimsOf()
    const client = gateway.client()
    const next = (jti: string) =>
      signed(head, { ...claims, jti, iat: seconds(), exp: seconds() + 300 }, withRsa(issuer.rsa.privateKey))
    dataOf(await send(next('first'), client))
    const { authenticator } = await enrollTotp(gateway, client)
    const elsewhere = gateway.client()
    const { signInWithExternalToken: waiting } = dataOf(await send(next('second'), elsewhere))
    expect(waiting.__typename).toBe('MfaRequired')
    expect(codeOf(await elsewhere.send(MeDocument))).toBe('MFA_REQUIRED')
    const passed = await stepUp(gateway, elsewhere, authenticator)
    expect([passed.session.assurance, passed.proof]).toEqual(['MFA', null])
  })

  it('finds no account by the address in the token, and creates no administrators', async () => {
    const { email } = await withTotp(gateway, ADMIN)
    const client = gateway.client()
    const { signInWithExternalToken: result } = dataOf(await send(honest({ email }), client))
    expect(result).toMatchObject({ __typename: 'SignedIn', account: { email, roles: [] } })
  })

  it('counts nothing the issuer verified as a second factor', async () => {
    const client = gateway.client()
    const { signInWithExternalToken: result } = dataOf(await send(honest({ amr: ['mfa', 'otp', 'pwd'] }), client))
    expect(result).toMatchObject({ __typename: 'SignedIn', session: { assurance: 'ONE_FACTOR' } })
  })

  it('accepts a token once, even when it comes fifty times at once', async () => {
    const token = honest()
    const answers = await Promise.all(Array.from({ length: 50 }, () => codeFor(token)))
    expect(answers.filter((code) => code === null)).toHaveLength(1)
    expect(new Set(answers)).toEqual(new Set([null, 'UNAUTHENTICATED']))
  })

  it('accepts it once in any spelling of its signature, and whatever other claims repeat its id', async () => {
    const { jti: _, ...claims } = claimsOf()
    const token = signed({ ...head, alg: 'ES256', kid: 'ec' }, claims, withEc(issuer.ec.privateKey))
    const [first = '', body = '', signature = ''] = token.split('.')
    const bytes = Buffer.from(signature, 'base64url')
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    const s = order - BigInt(`0x${bytes.subarray(32).toString('hex')}`)
    const twin = Buffer.concat([bytes.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')])
    expect(await codeFor(token)).toBeNull()
    expect(await codeFor(token)).toBe('UNAUTHENTICATED')
    expect(await codeFor(`${first}.${body}.${twin.toString('base64url')}`)).toBe('UNAUTHENTICATED')
    expect(await codeFor(honest({ jti: 'same' }))).toBeNull()
    expect(await codeFor(honest({ jti: 'same' }))).toBe('UNAUTHENTICATED')
  })

  it('refuses every forged header and signature', async () => {
    const claims = claimsOf({ sub: 'forged' })
    const pem = issuer.rsa.publicKey.export({ type: 'spki', format: 'pem' })
    const jwk = issuer.rsa.publicKey.export({ format: 'jwk' })
    const attackerJwk = attacker.publicKey.export({ format: 'jwk' })
    const own = withRsa(issuer.rsa.privateKey)
    const evil = withRsa(attacker.privateKey)
    const good = signed(head, claims, own)
    const [first, body, signature] = good.split('.')
    const jku = `${issuer.url}/jku`
    const forged: Record<string, string> = {
      'alg none': signed({ ...head, alg: 'none' }, claims, nothing),
      'alg None': signed({ ...head, alg: 'None' }, claims, nothing),
      'alg NONE': signed({ ...head, alg: 'NONE' }, claims, nothing),
      'no alg': signed({ typ: 'JWT', kid: 'rsa' }, claims, own),
      'HS256 with the public key as PEM': signed({ ...head, alg: 'HS256' }, claims, withHmac(pem)),
      'HS256 with the modulus': signed({ ...head, alg: 'HS256' }, claims, withHmac(String(jwk.n))),
      'HS256 with the whole JWK': signed({ ...head, alg: 'HS256' }, claims, withHmac(JSON.stringify(jwk))),
      'HS256 with nothing': signed({ ...head, alg: 'HS256' }, claims, withHmac('')),
      'PS256, which is not on the list': signed({ ...head, alg: 'PS256' }, claims, own),
      'RS512, which is not on the list': signed({ ...head, alg: 'RS512' }, claims, own),
      'ES256 under the RSA key': signed({ ...head, alg: 'ES256' }, claims, withEc(issuer.ec.privateKey)),
      'RS256 under the EC key': signed({ ...head, kid: 'ec' }, claims, own),
      'another key under its id': signed(head, claims, evil),
      'another key, embedded': signed({ ...head, jwk: attackerJwk }, claims, evil),
      'another key, embedded, no kid': signed({ alg: 'RS256', jwk: attackerJwk }, claims, evil),
      jku: signed({ ...head, kid: 'attacker', jku }, claims, evil),
      'jku under its id': signed({ ...head, jku }, claims, evil),
      x5u: signed({ ...head, kid: 'attacker', x5u: jku }, claims, evil),
      'an unknown kid': signed({ ...head, kid: 'nobody' }, claims, own),
      'kid with a path': signed({ ...head, kid: '../../../dev/null' }, claims, withHmac('')),
      'kid with an operator': signed({ ...head, kid: { $ne: null } }, claims, evil),
      'kid __proto__': signed({ ...head, kid: '__proto__' }, claims, evil),
      'unknown crit': signed({ ...head, crit: ['exp2'], exp2: 1 }, claims, own),
      'unencoded payload': signed({ ...head, crit: ['b64'], b64: false }, claims, own),
      'an access token': signed({ ...head, typ: 'at+jwt' }, claims, own),
      'a logout token': signed({ ...head, typ: 'logout+jwt' }, claims, own),
      'a proof': signed({ ...head, typ: 'proof+jwt' }, claims, own),
      'cut signature': `${first}.${body}.${signature?.slice(0, -4)}`,
      'no signature': `${first}.${body}.`,
      'one dot': `${first}.${body}`,
      'an extra dot': `${good}.`,
      'encrypted form': `${good}.${signature}.${signature}`,
      'another person in the claims': `${first}.${encode({ ...claims, sub: 'x' })}.${signature}`,
      'padded signature': `${good}==`,
      'not base64': `${first}.%%%.${signature}`,
      'a list in place of claims': signed(head, [claims], own),
      'nothing in place of claims': signed(head, null, own),
      dots: '..',
      empty: '.',
      'very long': `${first}.${body}.${'A'.repeat(20_000)}`,
    }
    const before = issuer.state.hits.length
    const accepted: string[] = []
    for (const [name, token] of Object.entries(forged))
      if ((await codeFor(token)) !== 'UNAUTHENTICATED') accepted.push(name)
    expect(accepted).toEqual([])
    expect(Object.keys(forged).length).toBeGreaterThan(35)
    // Unknown key ids make us ask the issuer no more often than the cooldown allows, and no one else.
    expect(issuer.state.hits.slice(before).filter((path) => path !== '/keys')).toEqual([])
    expect(issuer.state.hits.length - before).toBeLessThanOrEqual(1)
    const made = await openPeople(gateway.store).count({ 'linkedTo.subject': 'forged' })
    expect(made).toBe(0)
  })

  it('refuses claims that are for another audience, too old, too early, or missing', async () => {
    const now = seconds()
    const wrong: Record<string, object> = {
      'another issuer': { iss: 'https://evil.example' },
      'the issuer with a slash': { iss: `${issuer.url}/` },
      'the issuer in a list': { iss: [issuer.url] },
      'another audience': { aud: 'somebody-else' },
      'no audience': { aud: undefined },
      'several audiences, without azp': { aud: [AUDIENCE, 'other'] },
      'several audiences, with another azp': { aud: [AUDIENCE, 'other'], azp: 'other' },
      'another azp': { azp: 'other' },
      expired: { exp: now - 31 },
      'no end': { exp: undefined },
      'an expiry in words': { exp: 'never' },
      'not yet valid': { nbf: now + 61 },
      'issued in the future': { iat: now + 61 },
      'issued too long ago': { iat: now - 700 },
      'no beginning': { iat: undefined },
      'no subject': { sub: undefined },
      'an empty subject': { sub: '' },
      'an operator as subject': { sub: { $gt: '' } },
      'a number as subject': { sub: 7 },
      'a subject that is too long': { sub: 'x'.repeat(256) },
      'no address': { email: undefined },
      'an invalid address': { email: 'nobody' },
      'an invalid jti': { jti: 7 },
    }
    for (const [name, over] of Object.entries(wrong))
      expect([name, await codeFor(honest(over))]).toEqual([name, 'UNAUTHENTICATED'])
    expect(await codeFor(honest({ aud: [AUDIENCE, 'other'], azp: AUDIENCE }))).toBeNull()
    const refused = (await eventsNamed(gateway, 'session.refused')).filter(({ reason }) => reason === 'external-token')
    expect(new Set(refused.map(({ metadata }) => metadata['because']))).toContain('for-somebody-else')
  })

  it('gives the same answer for every mistake', async () => {
    const used = honest()
    await codeFor(used)
    const texts = [await send(used), await send('nonsense'), await send(honest({ exp: 1 }))].map(
      ({ status, text }) => `${status} ${text}`,
    )
    expect(new Set(texts).size).toBe(1)
  })
})

describe('the keys of a trusted issuer', () => {
  const start = async (answer: Issuer['state']['answer'], over: object = {}) => {
    const issuer = await startIssuer()
    issuer.state.answer = answer
    const gateway = await startTrusting('embedded', [{ issuer: issuer.url, audience: AUDIENCE, ...over }])
    const iat = Math.floor(gateway.clock.now().getTime() / 1000)
    const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'a', email: 'a@b.example', iat, exp: iat + 60 }
    const token = signed({ alg: 'RS256', kid: 'rsa' }, claims, withRsa(issuer.rsa.privateKey))
    const send = () => gateway.client().send(SignInWithExternalTokenDocument, { input: { token } })
    const close = async () => {
      await gateway.close()
      await issuer.close()
    }
    return { issuer, send, close }
  }
  const elsewhere = { status: 302, body: '', headers: { location: 'https://evil.example/keys' } }

  it.each<[string, Issuer['state']['answer']]>([
    ['when the issuer is down', () => ({ status: 500, body: 'no' })],
    ['when it redirects', () => elsewhere],
    ['when its keys are elsewhere', (path) => (path === '/keys' ? elsewhere : null)],
    [
      'when it answers too much',
      (path) => (path === '/keys' ? { status: 200, body: `{"keys":[],"x":"${'x'.repeat(200_000)}"}` } : null),
    ],
    ['when its answer is not JSON', () => ({ status: 200, body: '<html>' })],
    ['when its keys are invalid', (path) => (path === '/keys' ? { status: 200, body: '{"keys":"all"}' } : null)],
    [
      'when the document is another issuer’s',
      (path) =>
        path === '/keys'
          ? null
          : {
              status: 200,
              body: JSON.stringify({ issuer: 'https://evil.example', jwks_uri: 'https://evil.example/keys' }),
            },
    ],
    [
      'when the document names keys without TLS',
      (path) =>
        path === '/keys'
          ? null
          : { status: 200, body: JSON.stringify({ issuer: 'x', jwks_uri: 'http://evil.example/keys' }) },
    ],
  ])('verify nothing %s', async (_, answer) => {
    const { send, close } = await start(answer)
    try {
      const refused = await send()
      expect([codeOf(refused), refused.status]).toEqual(['UNAVAILABLE', 503])
      expect(refused.text).not.toContain('evil')
    } finally {
      await close()
    }
  })

  it('are requested no more often than every half minute while the issuer is down', async () => {
    const { issuer, send, close } = await start(() => ({ status: 500, body: 'no' }))
    try {
      for (let nth = 0; nth < 5; nth += 1) expect(codeOf(await send())).toBe('UNAVAILABLE')
      expect(issuer.state.hits).toHaveLength(1)
    } finally {
      await close()
    }
  })

  it('can be configured without discovery', async () => {
    const issuer = await startIssuer()
    const gateway = await startTrusting('embedded', [
      {
        issuer: 'https://idp.example',
        audience: AUDIENCE,
        jwksUri: `${issuer.url}/keys`,
        subjectClaim: 'oid',
        emailClaim: 'upn',
      },
    ])
    try {
      const iat = Math.floor(gateway.clock.now().getTime() / 1000)
      const claims = { iss: 'https://idp.example', aud: AUDIENCE, oid: 'a', upn: 'a@b.example', iat, exp: iat + 60 }
      const token = signed({ alg: 'RS256', kid: 'rsa' }, claims, withRsa(issuer.rsa.privateKey))
      const sent = await gateway.client().send(SignInWithExternalTokenDocument, { input: { token } })
      expect(dataOf(sent).signInWithExternalToken.__typename).toBe('SignedIn')
      expect(issuer.state.hits).toEqual(['/keys'])
    } finally {
      await gateway.close()
      await issuer.close()
    }
  })

  it.each<[string, unknown]>([
    ['an issuer without TLS', [{ issuer: 'http://idp.example', audience: 'a' }]],
    ['keys without TLS', [{ issuer: 'https://idp.example', audience: 'a', jwksUri: 'http://idp.example/keys' }]],
    ['an address with a password', [{ issuer: 'https://a:b@idp.example', audience: 'a' }]],
    ['no audience', [{ issuer: 'https://idp.example' }]],
    ['a symmetric algorithm', [{ issuer: 'https://idp.example', audience: 'a', algorithms: ['HS256'] }]],
    ['no algorithm', [{ issuer: 'https://idp.example', audience: 'a', algorithms: [] }]],
    ['an unknown option', [{ issuer: 'https://idp.example', audience: 'a', alg: 'RS256' }]],
    [
      'an issuer twice',
      [
        { issuer: 'https://idp.example', audience: 'a' },
        { issuer: 'https://idp.example', audience: 'b' },
      ],
    ],
    ['no list', { issuer: 'https://idp.example', audience: 'a' }],
  ])('stop the start when the file names %s', async (_, issuers) => {
    await expect(startTrusting('embedded', issuers as readonly object[])).rejects.toThrow(/STEPGATE_TRUSTED_ISSUERS/)
  })

  it('stop the start when the file is missing', async () => {
    await expect(startGateway({ env: { STEPGATE_TRUSTED_ISSUERS: '/nowhere/issuers.json' } })).rejects.toThrow(
      /STEPGATE_TRUSTED_ISSUERS names a file that cannot be read/,
    )
  })
})
