import { MeDocument, SignOutDocument } from '../../schema/generated/graphql.js'
import { eventsOf } from '../support/answers.js'
import { signInApp } from '../support/app.js'
import { codeOf, dataOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { PASSWORD, registered, signIn, stepUp, withTotp } from '../support/person.js'
import { SignInDocument } from '../../schema/generated/graphql.js'

const SECRET = '[A-Za-z0-9_-]'

describe.each(STORES)('R079 cookies behind https, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { STEPGATE_PUBLIC_URL: 'https://auth.example.com' } })

  it('have the prefix, every attribute, and an opaque value', async () => {
    const email = await registered(gateway)
    const input = { email, password: PASSWORD, transport: 'COOKIE' } as const
    const answer = await gateway.client().send(SignInDocument, { input })
    const [session, device, ...others] = answer.headers.getSetCookie()
    expect(others).toEqual([])
    expect(session).toMatch(
      new RegExp(`^__Host-stepgate-session=${SECRET}{87}; Max-Age=86400; Path=/; HttpOnly; Secure; SameSite=Lax$`),
    )
    expect(device).toMatch(
      new RegExp(
        `^__Host-stepgate-device-${SECRET}{16}=${SECRET}{22}\\.${SECRET}{43}; Max-Age=31536000; Path=/; HttpOnly; Secure; SameSite=Lax$`,
      ),
    )
    for (const line of answer.headers.getSetCookie()) expect(line).not.toMatch(/domain=/i)
  })

  it('are cleared with the attributes they were set with', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const answer = await client.send(SignOutDocument)
    expect(answer.headers.getSetCookie()).toEqual([
      '__Host-stepgate-session=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
    ])
  })

  it('are not read under their plain-http name', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const stripped = gateway.client()
    stripped.cookies.set('stepgate-session', client.cookies.get('__Host-stepgate-session') ?? '')
    expect(codeOf(await stripped.send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(codeOf(await client.send(MeDocument))).toBeNull()
  })
})

describe.each(STORES)('R079 cookies on loopback, on the %s store', (store) => {
  const gateway = gatewayForAll({ store })

  it('have no prefix and no Secure, and otherwise the same attributes', async () => {
    const person = await withTotp(gateway)
    const { client } = await signIn(gateway, person.email)
    expect([...client.cookies.keys()]).toEqual(['stepgate-session'])
    const copy = client.copy()
    await stepUp(gateway, client, person.authenticator)
    expect([...client.cookies.keys()]).toEqual(['stepgate-session', expect.stringMatching(/^stepgate-device-/)])
    expect(copy.cookies.get('stepgate-session')).not.toBe(client.cookies.get('stepgate-session'))
  })

  it('are not set for an app', async () => {
    const input = { email: await registered(gateway), password: PASSWORD, transport: 'BEARER' } as const
    const answer = await gateway.client().send(SignInDocument, { input })
    expect(dataOf(answer).signIn).toMatchObject({ __typename: 'SignedIn', deviceToken: expect.any(String) })
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  it('never authenticate a GET, and no GET changes anything (R112)', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const get = (document: string) =>
      fetch(`${gateway.url}/graphql?query=${encodeURIComponent(document)}`, {
        headers: { cookie, 'apollo-require-preflight': '1' },
      })
    expect((await get('{ me { email } }')).status).toBe(401)
    expect((await get('mutation { signOut { signedOut } }')).status).toBe(405)
    expect(codeOf(await client.send(MeDocument))).toBeNull()
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    "do nothing in a body of the type %j, which other sites' pages can send (R112)",
    async (type) => {
      const { client } = await signIn(gateway, await registered(gateway))
      const sent = await client.post('{"query":"mutation { signOut { signedOut } }"}', { 'content-type': type })
      expect(sent.status).toBe(415)
      expect(codeOf(await client.send(MeDocument))).toBeNull()
    },
  )

  it('do nothing in a request from another origin (C7)', async () => {
    const email = await registered(gateway)
    const input = { email, password: PASSWORD, transport: 'COOKIE' } as const
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const refused = await gateway.client().send(SignInDocument, { input }, headers)
      expect([refused.status, codeOf(refused), refused.headers.getSetCookie()]).toEqual([403, 'FORBIDDEN', []])
    }
    expect(await eventsOf(gateway, email, 'session.created')).toEqual([])
  })

  it('leave no answer in a cache (R115)', async () => {
    const { client } = await signIn(gateway, await registered(gateway))
    for (const answer of [
      await client.send(MeDocument),
      await gateway.client().send(MeDocument),
      await client.post('{'),
    ]) {
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })

  it('are the only credential besides the header: a token in the URL is ignored (R080)', async () => {
    const { accessToken } = await signInApp(gateway, await registered(gateway))
    for (const name of ['access_token', 'token', 'authorization', 'stepgate-session']) {
      const answer = await fetch(`${gateway.url}/graphql?${name}=${accessToken}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ me { email } }' }),
      })
      expect(answer.status).toBe(401)
      expect(await answer.text()).not.toContain(accessToken)
    }
  })
})
