import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateSync } from 'otplib'
import { createShop } from '../../examples/homegrown-login/app.js'
import { createPeople } from '../../examples/homegrown-login/people.js'
import { connectStepgate, type Stepgate } from '../../examples/homegrown-login/stepgate.js'
import { ROOMY } from '../support/answers.js'
import { codeSentTo, newNumber } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import type { PersonWithFactor } from '../support/person.js'
import { AGENT, AUDIENCE, newBackend, newOperator, type Backend } from '../support/services.js'

/** A browser that keeps cookies, follows redirects and fills in forms. */
function browserAt(url: string, headers: Readonly<Record<string, string>> = { 'user-agent': AGENT }) {
  const cookies = new Map<string, string>()
  async function open(path: string, fields: Readonly<Record<string, string>> | null = null): Promise<Page> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${url}${path}`, {
      method: fields ? 'POST' : 'GET',
      headers: { ...headers, cookie },
      redirect: 'manual',
      ...(fields ? { body: new URLSearchParams(fields) } : {}),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location !== null) return open(location)
    return { status: response.status, text: await response.text() }
  }
  return { open, cookies }
}

interface Page {
  readonly status: number
  readonly text: string
}

const secretIn = ({ text }: Page): string => /<code>([A-Z2-7]+)<\/code>/.exec(text)?.[1] ?? ''
const factorIn = ({ text }: Page, name: string): string => {
  const forms = text.split('<form').filter((form) => form.includes(name))
  return /name="factorId" value="([^"]+)"/.exec(forms[0] ?? '')?.[1] ?? ''
}

describe.each(STORES)('the example with its own login, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor
  let backend: Backend
  let stepgate: Stepgate
  let server: Server
  let url: string
  const ada = { email: 'ada@people.example', password: 'engines need gears' }

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
    operator = await newOperator(gateway)
    backend = await newBackend(gateway, operator)
    stepgate = connectStepgate({
      url: gateway.url,
      issuer: 'http://localhost:0',
      serviceKey: backend.secret,
      audience: AUDIENCE,
      now: () => gateway.clock.now(),
    })
    server = createShop({ people: createPeople(), stepgate }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve))
    await gateway.close()
  })

  const codeOf = (secret: string) => generateSync({ secret, epoch: Math.floor(gateway.clock.now().getTime() / 1000) })
  let secret = ''

  it('signs up and logs in with the password alone', async () => {
    const browser = browserAt(url)
    expect((await browser.open('/sign-up', ada)).text).toContain('with the password alone')
    expect((await browser.open('/sign-up', ada)).status).toBe(400)
    await browser.open('/log-out', {})
    expect((await browser.open('/')).text).toContain('Log in')
    expect((await browser.open('/log-in', { ...ada, password: 'something else' })).status).toBe(401)
    expect((await browser.open('/log-in', ada)).text).toContain('ada@people.example')
  })

  it('adds an authenticator app, and shows recovery codes once', async () => {
    const browser = browserAt(url)
    await browser.open('/log-in', ada)
    const enrolling = await browser.open('/factors', { type: 'TOTP' })
    expect(enrolling.text).toContain('src="data:image/png;base64,')
    secret = secretIn(enrolling)
    expect((await browser.open('/second-factor', { code: '000000' })).text).toContain('4 attempts are left')
    const done = await browser.open('/second-factor', { code: codeOf(secret) })
    gateway.clock.advance(30)
    expect(done.text.match(/(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/g)).toHaveLength(10)
    const home = await browser.open('/')
    expect(home.text).toContain('with two factors')
    expect(home.text).toContain('Authenticator app')
  })

  it('challenges it at the next login, and logs no one in before', async () => {
    const browser = browserAt(url)
    const choice = await browser.open('/log-in', ada)
    expect(choice.text).toContain('Confirm it is you')
    expect((await browser.open('/')).text).toContain('Log in')
    await browser.open('/second-factor/ask', { factorId: factorIn(choice, 'Authenticator app') })
    expect((await browser.open('/second-factor', { code: 'wrong' })).status).toBe(401)
    expect((await browser.open('/')).text).toContain('Log in')
    const home = await browser.open('/second-factor', { code: codeOf(secret), remember: 'yes' })
    gateway.clock.advance(30)
    expect(home.text).toContain('with two factors')
    // Remembered: the password is enough on this browser, and the page says so.
    await browser.open('/log-out', {})
    expect((await browser.open('/log-in', ada)).text).toContain('with the password alone')
  })

  it('adds text messages after a proof of the app, and accepts a code from the phone', async () => {
    const browser = browserAt(url)
    const number = newNumber()
    const choice = await browser.open('/log-in', ada)
    await browser.open('/second-factor/ask', { factorId: factorIn(choice, 'Authenticator app') })
    await browser.open('/second-factor', { code: codeOf(secret) })
    gateway.clock.advance(30)
    const again = await browser.open('/factors', { type: 'SMS', phoneNumber: number })
    await browser.open('/second-factor/ask', { factorId: factorIn(again, 'Authenticator app') })
    const enrolling = await browser.open('/second-factor', { code: codeOf(secret) })
    gateway.clock.advance(30)
    expect(enrolling.text).toContain('A code was sent to')
    const home = await browser.open('/second-factor', { code: await codeSentTo(gateway, number) })
    expect(home.text).toContain('with two factors')

    gateway.clock.advance(60)
    // From elsewhere: where everything is as usual the risk is low, and there is no prompt.
    const other = browserAt(url, { 'user-agent': AGENT, 'x-forwarded-for': '198.51.100.7' })
    const options = await other.open('/log-in', ada)
    const phone = factorIn(options, 'Text message')
    expect((await other.open('/second-factor/ask', { factorId: phone })).text).toContain('Code')
    const entered = await other.open('/second-factor', { code: await codeSentTo(gateway, number) })
    expect(entered.text).toContain('with two factors')
  })

  it('accepts a proof once, for the person and the login it was made for', async () => {
    const proofFor = async (subject: string, nonce: string) => (await backend.begin(subject, { nonce })).proof ?? ''
    const proof = await proofFor('replayed', 'n')
    expect(await stepgate.checkProof(proof, { subject: 'replayed', nonce: 'n' })).toEqual({ isMfa: false })
    await expect(stepgate.checkProof(proof, { subject: 'replayed', nonce: 'n' })).rejects.toThrow('used before')
    const other = await proofFor('replayed', 'm')
    await expect(stepgate.checkProof(other, { subject: 'replayed', nonce: 'n' })).rejects.toThrow(
      'another authentication',
    )
    await expect(stepgate.checkProof(other, { subject: 'somebody', nonce: 'm' })).rejects.toThrow()
    gateway.clock.advance(121)
    await expect(stepgate.checkProof(other, { subject: 'replayed', nonce: 'm' })).rejects.toThrow()
    const bank = await newBackend(gateway, operator, { audience: 'https://bank.example' })
    const foreign = (await bank.begin('replayed', { nonce: 'n' })).proof ?? ''
    await expect(stepgate.checkProof(foreign, { subject: 'replayed', nonce: 'n' })).rejects.toThrow()
  })

  it('logs no one in while the gateway is down', async () => {
    const away = connectStepgate({ url: 'http://127.0.0.1:9', issuer: 'x', serviceKey: 'sgk_x', audience: 'x' })
    const people = createPeople()
    await people.add(ada.email, ada.password)
    const alone = createShop({ people, stepgate: away }).listen(0, '127.0.0.1')
    await new Promise((resolve) => alone.once('listening', resolve))
    const browser = browserAt(`http://127.0.0.1:${(alone.address() as AddressInfo).port}`)
    expect((await browser.open('/log-in', ada)).status).toBe(503)
    expect((await browser.open('/')).text).toContain('Log in')
    await new Promise((resolve) => alone.close(resolve))
  })
})
