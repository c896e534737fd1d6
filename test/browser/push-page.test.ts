import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { chromium, devices, type Browser, type BrowserContext, type Page } from 'playwright-core'
import {
  ChallengeFactorDocument,
  WatchChallengeDocument,
  EnrollFactorDocument,
  RemoveFactorDocument,
  SignInDocument,
  VerifyChallengeDocument,
} from '../../schema/generated/graphql.js'
import { movableClock } from '../../src/kernel/clock.js'
import { ROOMY } from '../support/answers.js'
import { startGateway, type TestGateway } from '../support/gateway.js'
import { PASSWORD, registered } from '../support/person.js'
import { wrongNumber } from '../support/push-device.js'

const PHONE = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } }
const SCREENSHOTS = process.env['TEST_SCREENSHOTS']

/**
 * The page in a real browser, at the size of a phone. Headless Chromium has no push service here, so this tests polling;
 * test/stories/push-notifications.test.ts tests the messages.
 */
describe('the page that answers push prompts', () => {
  let gateway: TestGateway
  let browser: Browser
  let contexts: BrowserContext[] = []
  beforeAll(async () => {
    // The page calls the gateway at its public URL, so the port has to be known first.
    const port = await freePort()
    const env = {
      ...ROOMY,
      PORT: String(port),
      STEPGATE_PUSH_LIMIT: '50/600',
      STEPGATE_PUSH_DEVICE_LIMIT_ADDRESS: '10000/900',
    }
    gateway = await startGateway({ env, clock: movableClock(new Date()) })
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await gateway.close()
  })
  beforeEach(() => gateway.clock.set(new Date()))
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()))
    contexts = []
  })

  async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}) {
    const context = await browser.newContext(options)
    contexts.push(context)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${publicUrl()}${path}`)
    return { page, complaints }
  }

  const publicUrl = () => `http://localhost:${gateway.env['PORT'] ?? ''}`

  /** A new account on a computer. The page only provides fetch and cookies. */
  async function atComputer() {
    const email = await registered(gateway)
    const { page } = await open('/push')
    const call = async (document: { toString(): string }, variables: object) =>
      page.evaluate(
        async ([query, given]) => {
          const response = await fetch('/graphql', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ query, variables: given }),
          })
          return (await response.json()) as { data: Record<string, never> | null; errors?: unknown }
        },
        [document.toString(), variables] as const,
      )
    const signIn = async () => {
      const input = { email, password: PASSWORD, transport: 'COOKIE' }
      return (await call(SignInDocument, { input })).data?.['signIn'] as unknown as { __typename: string }
    }
    const challenge = async (factorId: string) => {
      const { data } = await call(ChallengeFactorDocument, { input: { factorId } })
      return data?.['challengeFactor'] as unknown as { id: string; push: { number: string } }
    }
    const finish = async (challengeId: string) => {
      const { data } = await call(VerifyChallengeDocument, { input: { challengeId } })
      return (data?.['verifyChallenge'] as { __typename: string } | undefined)?.__typename
    }
    return { email, call, signIn, challenge, finish }
  }

  async function enrolled() {
    const person = await atComputer()
    await person.signIn()
    const { data } = await person.call(EnrollFactorDocument, { input: { type: 'PUSH' } })
    const begun = data?.['enrollFactor'] as unknown as {
      factor: { id: string }
      challenge: { id: string; push: { number: string } }
      push: { connectUrl: string }
    }
    const path = begun.push.connectUrl.replace(publicUrl(), '')
    const { page: phone, complaints } = await open(path, PHONE)
    return { ...person, begun, phone, complaints }
  }

  async function connected() {
    const person = await enrolled()
    const { phone, begun } = person
    await phone.getByRole('button', { name: 'Connect this device' }).click()
    await answerWith(phone, begun.challenge.push.number)
    await phone.getByRole('status').getByText('Approved').waitFor()
    expect(await person.finish(begun.challenge.id)).toBe('ChallengePassed')
    return { ...person, factorId: begun.factor.id }
  }

  async function answerWith(phone: Page, number: string) {
    const field = phone.getByLabel('Number on the other screen')
    await field.fill(number)
    await field.press('Enter')
  }

  const shoot = async (phone: Page, name: string) => {
    if (SCREENSHOTS !== undefined) await phone.screenshot({ path: `${SCREENSHOTS}/${name}.png` })
  }

  it('connects by the link, removes the token from the address, and finishes a sign-in with the number', async () => {
    const { phone, complaints, begun, email, signIn, challenge, finish } = await enrolled()
    expect(phone.url()).toBe(`${publicUrl()}/push`)
    await shoot(phone, 'connect')
    await phone.getByRole('button', { name: 'Connect this device' }).click()
    await phone.getByRole('listitem').filter({ hasText: email }).waitFor()
    await answerWith(phone, begun.challenge.push.number)
    await phone.getByRole('status').getByText('Approved').waitFor()
    expect(await finish(begun.challenge.id)).toBe('ChallengePassed')
    await phone.getByRole('heading', { name: 'No requests' }).waitFor()
    await shoot(phone, 'empty')

    expect((await signIn()).__typename).toBe('MfaRequired')
    const asked = await challenge(begun.factor.id)
    // The page finds the request by polling.
    await phone.getByRole('heading', { name: /^Are you signing in/ }).waitFor()
    await phone.getByRole('definition').filter({ hasText: email }).waitFor()
    await shoot(phone, 'request')
    await answerWith(phone, asked.push.number)
    await phone.getByRole('status').getByText('Approved').waitFor()
    expect(await finish(asked.id)).toBe('ChallengePassed')
    expect(complaints).toEqual([])
  }, 60_000)

  it('shows that a number is wrong, and the attempts left', async () => {
    const { phone, signIn, challenge, finish, factorId } = await connected()
    await signIn()
    const asked = await challenge(factorId)
    await answerWith(phone, '7')
    await phone.getByRole('alert').getByText('two digits').waitFor()
    await answerWith(phone, wrongNumber(asked.push.number))
    await phone.getByText('Wrong number. Attempts left: 4.').waitFor()
    await shoot(phone, 'wrong')
    expect(await finish(asked.id)).toBe('ChallengeFailed')
    await answerWith(phone, asked.push.number)
    await phone.getByRole('status').getByText('Approved').waitFor()
    expect(await finish(asked.id)).toBe('ChallengePassed')
  }, 60_000)

  it('denies with one button and ends the sign-in', async () => {
    const { phone, signIn, challenge, call, finish, factorId } = await connected()
    await signIn()
    const asked = await challenge(factorId)
    await phone.getByRole('button', { name: 'Deny, this isn’t me' }).click()
    await phone.getByRole('status').getByText('Denied.').waitFor()
    await shoot(phone, 'denied')
    const { errors } = await call(WatchChallengeDocument, { challengeId: asked.id })
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(await finish(asked.id)).toBeUndefined()
  }, 60_000)

  it('stores a key that cannot be exported, and stays connected after a reload', async () => {
    const { phone, email } = await connected()
    await phone.reload()
    await phone.getByRole('heading', { name: 'No requests' }).waitFor()
    await phone.getByText(email).waitFor()
    const isExtractable = await phone.evaluate(`import('/push/device-store.js')
      .then(({ loadDevices }) => loadDevices())
      .then((devices) => devices.map(({ privateKey }) => privateKey.extractable))`)
    expect(isExtractable).toEqual([false])
  }, 60_000)

  it('shows that a link was used, that no device is connected, and that a device was removed', async () => {
    const { begun, phone, email, call, factorId } = await connected()
    const path = begun.push.connectUrl.replace(publicUrl(), '')
    const { page: late } = await open(path, PHONE)
    await late.getByRole('button', { name: 'Connect this device' }).click()
    await late.getByText('This link no longer works.').waitFor()
    const { page: fresh } = await open('/push', PHONE)
    await fresh.getByRole('heading', { name: 'Not connected yet' }).waitFor()
    await shoot(fresh, 'unconnected')

    await call(RemoveFactorDocument, { factorId })
    await phone.getByText(`${email}: no longer connected`).waitFor()
    await phone.getByRole('button', { name: `Forget ${email}` }).click()
    await phone.getByRole('heading', { name: 'Not connected yet' }).waitFor()
  }, 60_000)

  it('is in German for a German browser, also in its script and its notification', async () => {
    const { begun, email, call } = await enrolled()
    const path = begun.push.connectUrl.replace(publicUrl(), '')
    const { page, complaints } = await open(path, { ...PHONE, locale: 'de-CH' })
    await page.getByRole('button', { name: 'Dieses Gerät verbinden' }).click()
    await page.getByRole('heading', { name: 'Verbinden dieses Geräts abschließen' }).waitFor()
    await page.getByLabel('Zahl auf dem anderen Bildschirm').fill(wrongNumber(begun.challenge.push.number))
    await page.getByRole('button', { name: 'Bestätigen' }).click()
    await page.getByText('Falsche Zahl. Verbleibende Versuche: 4.').waitFor()
    await page.getByRole('button', { name: 'Ablehnen, das bin ich nicht' }).click()
    await page.getByRole('status').getByText('Abgelehnt.').waitFor()
    const notification = `fetch('/push/notification.js').then((answer) => answer.text())`
    expect(await page.evaluate(notification)).toContain('Sind Sie das?')
    expect(complaints).toEqual([])
    await call(RemoveFactorDocument, { factorId: begun.factor.id })
    await page.getByText(`${email}: nicht mehr verbunden`).waitFor()
  }, 60_000)

  it('shows a notification for a push message and checks for requests at once', async () => {
    const { page, complaints } = await open('/push', { ...PHONE, permissions: ['notifications'] })
    const cdp = await page.context().newCDPSession(page)
    const registered = new Promise<string>((settle) => {
      cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        if (registrations[0]) settle(registrations[0].registrationId)
      })
    })
    await cdp.send('ServiceWorker.enable')
    // As the page does with a push service.
    await page.evaluate(`navigator.serviceWorker.register('/push/sw.js', { scope: '/push' })
      .then(() => navigator.serviceWorker.ready).then(() => undefined)`)
    const heard = page.evaluate(`new Promise((settle) => {
      navigator.serviceWorker.addEventListener('message', ({ data }) => settle(data), { once: true })
      navigator.serviceWorker.startMessages()
    })`)
    const origin = publicUrl()
    await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registered, data: '{}' })
    expect(await heard).toBe('waiting')
    const shown = await page.evaluate(`navigator.serviceWorker.ready
      .then((registration) => registration.getNotifications())
      .then((all) => all.map(({ title, body }) => ({ title, body })))`)
    expect(shown).toEqual([{ title: 'Is this you?', body: 'A request is waiting for your answer.' }])
    expect(complaints).toEqual([])
  }, 60_000)

  it('loads only its own files, forbids frames, and runs no injected script', async () => {
    const { page, complaints } = await open('/push', { ...PHONE, colorScheme: 'dark' })
    await page.getByRole('heading', { name: 'Not connected yet' }).waitFor()
    await shoot(page, 'dark')
    expect(complaints).toEqual([])
    const answer = await fetch(`${publicUrl()}/push`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    const written = await page.evaluate(`(() => {
      const script = document.createElement('script')
      script.textContent = 'document.title = "taken"'
      document.body.append(script)
      return document.title
    })()`)
    expect(written).not.toBe('taken')
  }, 60_000)
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
