import { ChangeEmailDocument, MeDocument, VerifyEmailDocument } from '../../schema/generated/graphql.js'
import { eventsOf, ROOMY, storedPerson } from '../support/answers.js'
import { CHROME, codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { noticeTo, notMeToken, reportNotMe } from '../support/notices.js'
import { interruptedStore } from '../support/interrupted-store.js'
import { enrollTotp, registered, signIn, withTotp } from '../support/person.js'

const WEEK_SECONDS = 604_800

describe.each(STORES)('R031 “This wasn’t me” links, %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  /** An account with two sessions, and the link that ends the second. */
  async function told() {
    const email = await registered(gateway)
    const owner = await signIn(gateway, email)
    const thief = await signIn(gateway, email, { userAgent: CHROME })
    const token = notMeToken(await noticeTo(gateway, email, 'new-device'))
    return { email, owner, thief, token }
  }

  const sessionsOf = async (email: string) => Object.keys((await storedPerson(gateway, email)).sessions).length

  it('do nothing when they are only opened', async () => {
    const { email, token } = await told()
    for (const method of ['GET', 'HEAD']) {
      const page = await fetch(`${gateway.url}/not-me?token=${token}`, { method })
      expect(page.status).toBe(200)
    }
    const query = `mutation{reportNotMe(input:{token:"${token}"}){reported}}`
    const got = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { 'apollo-require-preflight': '1' },
    })
    expect(got.status).toBe(405)
    expect(await sessionsOf(email)).toBe(2)
  })

  it.each([
    ['cut short', (token: string) => token.slice(0, -1)],
    ['with another last character', (token: string) => `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}A`],
    ['with another nonce', (token: string) => token.replace(/\.[^.]+\./, `.${'A'.repeat(16)}.`)],
    ['of another key', (token: string) => token.replace(/^[^.]+/, 'k00000000')],
    ['with a fourth part', (token: string) => `${token}.A`],
    ['that is no token', () => 'token'],
    ['of dots', () => '...'],
    ['with a NUL', (token: string) => `${token}\u0000`],
  ])('%s get the same answer and change nothing', async (_, spoil) => {
    const { email, token } = await told()
    const answer = await reportNotMe(gateway, spoil(token))
    expect(codeOf(answer)).toBe('BAD_USER_INPUT')
    expect(answer.errors[0]?.extensions['messageId']).toBe('link.not-available')
    expect(await sessionsOf(email)).toBe(2)
    expect((await storedPerson(gateway, email)).suspicionAt).toBeNull()
  })

  it('work until they expire, to the second', async () => {
    const early = await told()
    gateway.clock.advance(WEEK_SECONDS - 1)
    dataOf(await reportNotMe(gateway, early.token))
    gateway.clock.advance(1)
    expect(codeOf(await reportNotMe(gateway, early.token))).toBe('BAD_USER_INPUT')
  })

  it('reject a token sealed for another purpose', async () => {
    const person = await withTotp(gateway)
    const { factors } = await storedPerson(gateway, person.email)
    const sealed = Object.values(factors)
      .flatMap(({ material }) => Object.values(material))
      .map(String)
    const seeds = sealed.filter((value) => /^[^.]+\.[^.]+\.[^.]+$/.test(value))
    expect(seeds.length).toBeGreaterThan(0)
    for (const seed of seeds) expect(codeOf(await reportNotMe(gateway, seed))).toBe('BAD_USER_INPUT')
  })

  it('do nothing the second time: later sessions stay, and there is one report on record', async () => {
    const { email, token } = await told()
    dataOf(await reportNotMe(gateway, token))
    const since = (await storedPerson(gateway, email)).suspicionAt
    gateway.clock.advance(60)
    await signIn(gateway, email, { userAgent: CHROME })
    dataOf(await reportNotMe(gateway, token))
    expect(await sessionsOf(email)).toBe(2)
    expect((await storedPerson(gateway, email)).suspicionAt).toEqual(since)
    expect(await eventsOf(gateway, email, 'account.suspicion_reported')).toHaveLength(1)
  })

  it('pressed twenty times at once make one report', async () => {
    const { email, token } = await told()
    const answers = await Promise.all(Array.from({ length: 20 }, () => reportNotMe(gateway, token)))
    expect(answers.map(codeOf)).toEqual(Array(20).fill(null))
    expect(await sessionsOf(email)).toBe(1)
    expect(await eventsOf(gateway, email, 'account.suspicion_reported')).toHaveLength(1)
  })

  it('end the session even while it is being raised to another id', async () => {
    const interrupted = interruptedStore()
    const torn = await startGateway({ store, env: ROOMY, wrapStore: interrupted.wrap })
    const email = await registered(torn)
    await signIn(torn, email)
    const { client } = await signIn(torn, email, { userAgent: CHROME })
    const token = notMeToken(await noticeTo(torn, email, 'new-device'))
    let raised = false
    interrupted.before('accounts', 'changeOne', async () => {
      await enrollTotp(torn, client)
      raised = true
    })
    dataOf(await reportNotMe(torn, token))
    expect(raised).toBe(true)
    expect(codeOf(await client.send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(Object.keys((await storedPerson(torn, email)).sessions)).toHaveLength(1)
    await torn.close()
  })

  it('leave other accounts alone', async () => {
    const other = await told()
    const { token } = await told()
    dataOf(await reportNotMe(gateway, token))
    expect(await sessionsOf(other.email)).toBe(2)
    expect((await storedPerson(gateway, other.email)).suspicionAt).toBeNull()
  })

  it('sign no one in and show nothing of the account', async () => {
    const { email, token } = await told()
    expect(token).not.toContain((await storedPerson(gateway, email))._id)
    const answer = await reportNotMe(gateway, token)
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(JSON.parse(answer.text)).toEqual({ data: { reportNotMe: { reported: true } } })
  })

  it('stop an e-mail change that was requested before', async () => {
    const person = await withTotp(gateway)
    const newEmail = `thief-${person.email}`
    dataOf(await person.client.send(ChangeEmailDocument, { input: { newEmail } }))
    const mail = await noticeTo(gateway, person.email, 'email-change-requested')
    const confirmation = await gateway.linkTokenFor(newEmail)
    gateway.clock.advance(1)
    dataOf(await reportNotMe(gateway, notMeToken(mail)))
    expect(codeOf(await person.client.send(VerifyEmailDocument, { input: { token: confirmation } }))).toBe(
      'BAD_USER_INPUT',
    )
    expect((await storedPerson(gateway, person.email)).email).toBe(person.email)
  })

  it('have a limit of attempts from one address', async () => {
    const strict = await startGateway({ store, env: { STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS: '5/900' } })
    const codes: (string | null)[] = []
    for (let times = 0; times < 6; times += 1) codes.push(codeOf(await reportNotMe(strict, 'token')))
    await strict.close()
    expect(codes).toEqual([...Array<string>(5).fill('BAD_USER_INPUT'), 'RATE_LIMITED'])
  })
})
