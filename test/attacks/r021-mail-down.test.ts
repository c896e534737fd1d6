import { EnrollFactorDocument, SignUpDocument, VerifyEmailDocument } from '../../schema/generated/graphql.js'
import { startSmtpServer, type Script, type SmtpServer, type Turn } from '../delivery/smtp-server.js'
import { ask, challenged, eventsOf, guess, ROOMY, storedFactor, storedPerson } from '../support/answers.js'
import { canaries, dump, occurrences, type Canaries } from '../support/canaries.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { PASSWORD, signIn } from '../support/person.js'

/** The text of a message, with the lines that were wrapped for transport joined again. */
const textOf = (content: string): string => content.replaceAll('=\n', '').replaceAll('=3D', '=')

describe.each(STORES)('R021 a failing mail server, on the %s store', (store) => {
  let gateway: TestGateway
  let server: SmtpServer
  let seen: Canaries
  let fault: { readonly command: string; readonly turn: Turn } | null = null
  let people = 0

  beforeAll(async () => {
    const script: Script = (command) => (fault?.command === command ? fault.turn : null)
    server = await startSmtpServer(script)
    seen = canaries()
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_SMTP_URL: server.url }, logger: seen.logger })
  })
  afterAll(async () => {
    fault = null
    await gateway.close()
    await server.close()
  })
  afterEach(() => {
    fault = null
  })

  const mailsTo = (address: string): readonly string[] =>
    server.received
      .filter(({ recipients }) => recipients.includes(`<${address}>`))
      .map(({ content }) => textOf(content))

  /** The codes in them; notices may arrive in between. */
  const codesTo = (address: string): readonly string[] =>
    mailsTo(address).flatMap((text) => /\b(\d{6}) is your verification code/.exec(text)?.[1] ?? [])

  const newestCode = (address: string): string => seen.note(`code ${seen.secrets.size}`, codesTo(address).at(-1))

  const enroll = (client: Client, emailAddress: string) =>
    client.send(EnrollFactorDocument, { input: { type: 'EMAIL', emailAddress } })

  /** A new account, signed in. */
  async function someone(): Promise<{ readonly email: string; readonly client: Client }> {
    const email = `someone${(people += 1)}@example.com`
    const visitor = gateway.client()
    dataOf(await visitor.send(SignUpDocument, { input: { email, password: PASSWORD } }))
    const token = await until(async () => /#token=([\w.-]+)/.exec(mailsTo(email).at(-1) ?? '')?.[1] ?? null)
    dataOf(await visitor.send(VerifyEmailDocument, { input: { token } }))
    return { email, client: seen.watch((await signIn(gateway, email)).client) }
  }

  async function withMailbox() {
    const { email, client } = await someone()
    const address = `codes.${email}`
    const { factor, challenge } = dataOf(await enroll(client, address)).enrollFactor
    expect(await guess(client, challenge?.id ?? '', newestCode(address))).toBe('PASSED')
    return { email, client, address, factorId: factor.id }
  }

  it.each([
    ['cannot sign in', { command: 'AUTH', turn: { says: '535 5.7.8 not you' } }],
    ['is refused as the sender', { command: 'MAIL', turn: { says: '550 5.7.1 not you' } }],
    ['may not relay', { command: 'RCPT', turn: { says: '554 5.7.1 no relaying' } }],
  ] as const)('causes UNAVAILABLE when the gateway %s; another code can be requested at once', async (_, failing) => {
    const { email, client, address, factorId } = await withMailbox()
    await reconnect()
    fault = failing
    const refused = await ask(client, factorId)
    expect([refused.status, codeOf(refused)]).toEqual([503, 'UNAVAILABLE'])
    const [event, ...others] = await eventsOf(gateway, email, 'message.undelivered')
    expect(event).toMatchObject({ outcome: 'FAILURE', metadata: { factorType: 'EMAIL' } })
    expect(others).toEqual([])
    expect((await storedFactor(gateway, email, factorId)).consecutiveFailures).toBe(0)
    expect((await storedPerson(gateway, email)).stepUpBudget.failures).toBe(0)

    fault = null
    const again = await challenged(client, factorId)
    expect(again.attemptsLeft).toBe(5)
    expect(await guess(client, again.id, newestCode(address))).toBe('PASSED')
  })

  it('costs no budget while it is down, however often a code is requested', async () => {
    const { client, address, factorId } = await withMailbox()
    await reconnect()
    fault = { command: 'AUTH', turn: { says: '535 5.7.8 not you' } }
    for (let nth = 0; nth < 12; nth++) expect(codeOf(await ask(client, factorId))).toBe('UNAVAILABLE')
    fault = null
    const { id } = await challenged(client, factorId)
    expect(await guess(client, id, newestCode(address))).toBe('PASSED')
  })

  it('causes UNAVAILABLE for an enrolment, which can be repeated at once', async () => {
    const { email, client } = await someone()
    await reconnect()
    fault = { command: 'AUTH', turn: { says: '535 5.7.8 not you' } }
    const refused = await enroll(client, `later.${email}`)
    expect([refused.status, codeOf(refused)]).toEqual([503, 'UNAVAILABLE'])
    fault = null
    const { challenge } = dataOf(await enroll(client, `later.${email}`)).enrollFactor
    expect(await guess(client, challenge?.id ?? '', newestCode(`later.${email}`))).toBe('PASSED')
  })

  it('that rejects a mailbox permanently makes its owner choose another one, and its words are not repeated', async () => {
    const { email, client } = await someone()
    fault = { command: 'RCPT', turn: { says: `550 5.1.1 canary-words <gone.${email}>` } }
    const refused = await enroll(client, `gone.${email}`)
    expect([refused.status, codeOf(refused)]).toEqual([400, 'BAD_USER_INPUT'])
    expect(refused.errors[0]?.extensions['fields']).toEqual(['emailAddress'])
    expect(refused.text).not.toMatch(/canary|gone/)
    expect(seen.logged.join()).not.toContain('canary-words')
  })

  it('that rejects an enrolled mailbox permanently leaves the other factors', async () => {
    const { client, factorId } = await withMailbox()
    fault = { command: 'RCPT', turn: { says: '550 5.1.1 gone' } }
    const refused = await ask(client, factorId)
    expect([refused.status, codeOf(refused)]).toEqual([503, 'UNAVAILABLE'])
    expect(refused.errors[0]?.extensions['messageId']).toBe('challenge.undeliverable')
  })

  it('that rejects a message temporarily keeps no caller waiting; the message is sent at the latest when the gateway stops', async () => {
    const { client, address, factorId } = await withMailbox()
    fault = { command: 'RCPT', turn: { says: '451 4.7.1 greylisted' } }
    const known = codesTo(address).length
    const { id, resendAvailableAt } = await challenged(client, factorId)
    expect(resendAvailableAt).not.toBeNull()
    expect(codesTo(address)).toHaveLength(known)
    expect(await guess(client, id, '000000')).toBe('CODE_INVALID')
    fault = null
    await gateway.app.close()
    expect(codesTo(address)).toHaveLength(known + 1)
    newestCode(address)
  })

  it('R024 gets no code into log, answers, audit or store', async () => {
    expect(seen.secrets.size).toBeGreaterThanOrEqual(8)
    const beside = await startGateway({ beside: gateway, logger: seen.logger })
    const kept = await dump(beside)
    await beside.close()
    for (const [code, name] of seen.secrets) {
      const found = [seen.logged.join('\n'), seen.answers.join('\n'), kept].map((text) => occurrences(text, code))
      expect([name, ...found]).toEqual([name, 0, 0, 0])
    }
    expect(seen.logged.join('\n')).not.toMatch(/codes\.someone/)
  })

  /** Makes the gateway reconnect: a kept connection would not authenticate again. */
  async function reconnect(): Promise<void> {
    server.hangUp()
    await new Promise((resolve) => setImmediate(resolve))
  }
})
