import { RequestMagicLinkDocument, RequestPasswordResetDocument } from '../../schema/generated/graphql.js'
import { ROOMY, storedPerson } from '../support/answers.js'
import { arrivalOf } from '../support/devices.js'
import { startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { registered, signIn, stepUp, withTotp } from '../support/person.js'
import { eventsNamed } from '../support/services.js'

const ATTACKER = 'curl/8.5.0'

describe.each(STORES)('R132 held-back mail, on the %s store', (store) => {
  let gateway: TestGateway
  beforeEach(async () => {
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_TRUSTED_PROXIES: 'loopback' } })
  }, 120_000)
  afterEach(() => gateway.close())

  const from = (address: string) => gateway.client({ userAgent: ATTACKER, headers: { 'x-forwarded-for': address } })

  const reached = () => eventsNamed(gateway, 'limit.reached')

  /** Requests resets and links from ever new networks. */
  async function flood(email: string, calls = 60): Promise<void> {
    const known = (await reached()).length
    const asked = Array.from({ length: calls }, (_, nth) =>
      nth % 2
        ? from(`203.${nth}.113.9`).send(RequestPasswordResetDocument, { input: { email } })
        : from(`203.${nth}.113.9`).send(RequestMagicLinkDocument, { input: { email } }),
    )
    await Promise.all(asked)
    await until(async () => ((await reached()).length > known ? true : null))
    await new Promise((next) => setTimeout(next, 200))
  }

  it('is in the audit log once per window, with the address, the agent and the account, however many request it', async () => {
    const email = await registered(gateway)
    const { _id } = await storedPerson(gateway, email)
    await flood(email)
    const events = await reached()
    expect(events.length).toBeLessThanOrEqual(2)
    expect(events.at(-1)).toMatchObject({
      actor: { type: 'ANONYMOUS' },
      outcome: 'DENIED',
      targets: [
        { id: expect.stringMatching(/^messagePerDestination/), type: 'BUDGET' },
        { id: _id, type: 'ACCOUNT' },
      ],
      context: { ip: expect.stringMatching(/^203\./), userAgent: ATTACKER },
    })
    // Mail that was not sent is not recorded as requested either.
    expect((await eventsNamed(gateway, 'account.password_reset_requested')).length).toBeLessThanOrEqual(8)
  }, 120_000)

  it("names the mailbox's account, and counts against it, when strangers make up tags of its address", async () => {
    const person = await withTotp(gateway)
    const { _id } = await storedPerson(gateway, person.email)
    await flood(person.email.replace('@', '+made-up@'))
    expect((await reached()).at(-1)?.targets).toContainEqual({ id: _id, type: 'ACCOUNT' })
    expect(await arrivalOf(from('198.51.100.4'), person.email)).toBe('MfaRequired')
    const risks = (await eventsNamed(gateway, 'risk.assessed')).map(({ risk }) => JSON.stringify(risk))
    expect(risks.at(-1)).toContain('MAIL_HELD_BACK')
  }, 120_000)

  it('counts slightly against sign-ins on unknown devices, and not against those on a known one', async () => {
    const person = await withTotp(gateway)
    await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
    await flood(person.email)
    expect(await arrivalOf(person.client, person.email)).toBe('SignedIn')
    expect(await arrivalOf(from('198.51.100.4'), person.email)).toBe('MfaRequired')
    const risks = (await eventsNamed(gateway, 'risk.assessed')).map(({ risk }) => JSON.stringify(risk))
    expect(risks.at(-1)).toContain('MAIL_HELD_BACK')
    expect(risks.filter((risk) => risk.includes('MAIL_HELD_BACK'))).toHaveLength(1)
  }, 120_000)

  it('does not block an account without a second factor', async () => {
    const email = await registered(gateway)
    await flood(email)
    expect((await signIn(gateway, email)).result.__typename).toBe('SignedIn')
  }, 120_000)
})
