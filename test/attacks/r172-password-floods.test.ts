import { request } from 'node:http'
import { ChangePasswordDocument, SignInDocument, SignUpDocument } from '../../schema/generated/graphql.js'
import { codeOf, type Answer, type Client } from '../support/client.js'
import type { TestGateway } from '../support/gateway.js'
import { countArrivals, heldHashes } from '../support/held-hashes.js'

// Argon2 has to be taken over before the gateway loads it.
const hashes = heldHashes()
const { ROOMY } = await import('../support/answers.js')
const { arrivalOf, deviceCookieOf, withCookie } = await import('../support/devices.js')
const { startGateway, STORES } = await import('../support/gateway.js')
const { PASSWORD, registered, signIn, stepUp, withTotp } = await import('../support/person.js')
const { eventsNamed } = await import('../support/services.js')
const { storedIn } = await import('../support/stored.js')

const HOME = '198.51.100.4'

describe.each(STORES)('R172 a flood of passwords, on the %s store', (store) => {
  let gateway: TestGateway
  let arrivals: ReturnType<typeof countArrivals>
  let warnings: string[]
  beforeEach(async () => {
    arrivals = countArrivals()
    warnings = []
    const quiet = (): void => undefined
    const warn = (_: object, message: string): void => void warnings.push(message)
    const env = {
      ...ROOMY,
      STEPGATE_TRUSTED_PROXIES: 'loopback',
      STEPGATE_PASSWORD_WAITING_UNKNOWN: '3',
      STEPGATE_PASSWORD_WAITING_NEW: '5',
      STEPGATE_SIGN_IN_LIMIT_OVERALL: '20/900',
    }
    const logger = { debug: quiet, info: quiet, error: quiet, warn }
    gateway = await startGateway({ store, env, logger, wrapStore: arrivals.wrapStore })
  }, 120_000)
  afterEach(async () => {
    hashes.letGo()
    await gateway.close()
  })

  const from = (address: string, at = gateway) => at.client({ headers: { 'x-forwarded-for': address } })
  const guess = (nth: number, password = `guess ${nth}`, at = gateway) =>
    from(`20.${nth >> 8}.${nth & 255}.1`, at).send(SignInDocument, {
      input: { email: `nobody${nth}@example.com`, password },
    })
  const comes =
    (client: Client, email: string, password = PASSWORD) =>
    () =>
      client.send(SignInDocument, { input: { email, password } })
  const flood = async (count: number): Promise<Promise<Answer<unknown>>[]> => {
    const answers: Promise<Answer<unknown>>[] = []
    for (let nth = 0; nth < count; nth += 1) answers.push((await arrivals.arrivalOf(() => guess(nth))).answer)
    return answers
  }

  it('lets a known device go on at once, and its owner on a new device at home next', async () => {
    const email = await registered(gateway)
    const owner = from(HOME)
    await signIn(gateway, email, {}, owner)
    hashes.hold()
    const strangers = await flood(30)
    expect(hashes.begun()).toEqual(['guess 0'])
    const onDevice = await arrivals.arrivalOf(comes(owner, email))
    expect(hashes.begun()).toEqual(['guess 0', PASSWORD])
    const atHome = await arrivals.arrivalOf(comes(from(HOME), email))
    await hashes.finishOne()
    expect(await hashes.finishOne()).toBe(PASSWORD)
    expect(await hashes.finishOne()).toBe(PASSWORD)
    hashes.letGo()
    expect([codeOf(await onDevice.answer), codeOf(await atHome.answer)]).toEqual([null, null])
    const codes = (await Promise.all(strangers)).map(codeOf)
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(26)
  }, 120_000)

  it('of sign-ups holds up neither a sign-in nor a change of password', async () => {
    const person = await withTotp(gateway)
    const signUps: Promise<Answer<unknown>>[] = []
    hashes.hold()
    for (let nth = 0; nth < 12; nth += 1) {
      const input = { email: `fresh${nth}@example.com`, password: `a rather long passphrase ${nth}` }
      signUps.push(from(`30.0.${nth}.1`).send(SignUpDocument, { input }))
    }
    // The first sign-up is being hashed, and by now the others wait.
    while (hashes.begun().length === 0) await new Promise((resolve) => setImmediate(resolve))
    const stranger = await arrivals.arrivalOf(comes(from('20.0.0.1'), person.email))
    const input = { currentPassword: PASSWORD, newPassword: 'seven grey herons', revokeOthers: false }
    const changing = await arrivals.arrivalOf(() => person.client.send(ChangePasswordDocument, { input }))
    const order: string[] = []
    while (order.length < 4) order.push(await hashes.finishOne())
    expect(order).toEqual([expect.stringMatching(/passphrase \d+$/), PASSWORD, PASSWORD, 'seven grey herons'])
    hashes.letGo()
    expect(codeOf(await changing.answer)).toBeNull()
    expect(codeOf(await stranger.answer)).not.toBe('RATE_LIMITED')
    const codes = (await Promise.all(signUps)).map(codeOf)
    expect(new Set(codes)).toEqual(new Set([null, 'RATE_LIMITED']))
  }, 120_000)

  it('is reported once in a window: one event of all processes, one line in the log of each', async () => {
    const beside = store === 'mongodb' ? await startGateway({ beside: gateway }) : null
    gateway.clock.advance(100)
    hashes.hold()
    const strangers = await flood(12)
    if (beside) for (let nth = 0; nth < 12; nth += 1) strangers.push(guess(nth, 'beside', beside))
    await strangers[1]
    hashes.letGo()
    await Promise.all(strangers)
    const laneEvents = async () =>
      (await eventsNamed(gateway, 'limit.reached')).filter(({ targets }) => targets[0]?.id === 'passwordTurns')
    const [event, ...more] = await laneEvents()
    expect(event).toMatchObject({ outcome: 'DENIED', reason: 'unknown' })
    expect(event?.context?.ip).toMatch(/^20\./)
    expect(more).toEqual([])
    expect(warnings.filter((line) => line.includes('waiting to be hashed'))).toHaveLength(1)
    gateway.clock.advance(900)
    hashes.hold()
    const again = await flood(6)
    hashes.letGo()
    await Promise.all(again)
    expect(await laneEvents()).toHaveLength(2)
    await beside?.close()
  }, 120_000)

  it('that uses up the overall budget keeps out neither remembered devices, nor known ones, nor new ones', async () => {
    const remembered = await withTotp(gateway)
    await stepUp(gateway, remembered.client, remembered.authenticator, { rememberDevice: true })
    const email = await registered(gateway)
    const home = from(HOME)
    await signIn(gateway, email, {}, home)
    for (let nth = 0; nth < 25; nth += 1) await guess(nth)
    hashes.hold()
    const strangers = await flood(10)
    const people = [
      await arrivals.arrivalOf(() => arrivalOf(remembered.client, remembered.email)),
      await arrivals.arrivalOf(() => arrivalOf(withCookie(gateway, deviceCookieOf(home)), email)),
      await arrivals.arrivalOf(() => arrivalOf(from('192.0.2.1'), remembered.email)),
    ]
    hashes.letGo()
    const arrived = await Promise.all(people.map(({ answer }) => answer))
    expect(arrived).toEqual(['SignedIn', 'SignedIn', 'MfaRequired'])
    await Promise.all(strangers)
  }, 120_000)

  it('does not make the gateway hash for strangers that have gone, but counts their attempts', async () => {
    const email = await registered(gateway)
    hashes.hold()
    const [running] = await flood(1)
    const input = { email, password: 'gone', transport: 'COOKIE' }
    const body = JSON.stringify({ query: SignInDocument.toString(), variables: { input } })
    const gone = await arrivals.arrivalOf(async () => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.1' }
      const sent = request(`${gateway.url}/graphql`, { method: 'POST', headers })
      const closed = new Promise((resolve) => sent.on('error', () => undefined).on('close', resolve))
      sent.end(body)
      return { leave: () => sent.destroy(), closed }
    })
    const { leave, closed } = await gone.answer
    leave()
    await closed
    const refusals = async () => (await eventsNamed(gateway, 'session.refused')).map(({ context }) => context?.ip)
    // The server learns of it a little later.
    const served: string[] = []
    for (let nth = 100; !(await refusals()).includes('192.0.2.1'); nth += 1) {
      await arrivals.arrivalOf(() => guess(nth))
      served.push(await hashes.finishOne())
      if (nth > 140) throw new Error('the attempt was not counted')
    }
    expect(served).not.toContain('gone')
    hashes.letGo()
    await running
    const counters = await storedIn(gateway, 'limits')
    expect(counters.some(({ _id }) => _id.startsWith('signInPerAddressAndName'))).toBe(true)
  }, 120_000)

  it('leaves no caller without an answer when the gateway stops', async () => {
    hashes.hold()
    const strangers = await flood(3)
    const stopping = gateway.close()
    const waiting = await Promise.all(strangers.slice(1))
    expect(waiting.map(({ status }) => status)).toEqual([503, 503])
    expect(waiting.map(codeOf)).toEqual(['UNAVAILABLE', 'UNAVAILABLE'])
    hashes.letGo()
    expect(codeOf((await strangers[0]) as Answer<unknown>)).toBe('UNAUTHENTICATED')
    await stopping
  }, 120_000)
})
