import { chromium, type Browser, type Page } from 'playwright-core'
import { ROOMY, storedPerson } from '../support/answers.js'
import { CHROME } from '../support/client.js'
import { freePort } from '../support/free-port.js'
import { startGateway, type TestGateway } from '../support/gateway.js'
import { noticeTo, notMeToken } from '../support/notices.js'
import { registered, signIn } from '../support/person.js'
import { NOT_ME_TEXTS } from '../../src/http/pages/not-me/texts.js'

const { en } = NOT_ME_TEXTS

/** In a real browser, with its policy, scripts and buttons. */
describe('the page “This wasn’t me”', () => {
  let gateway: TestGateway
  let browser: Browser
  let address: string
  let faults: string[]

  beforeAll(async () => {
    const port = await freePort()
    address = `http://localhost:${port}`
    const env = { ...ROOMY, PORT: String(port), STEPGATE_PUBLIC_URL: address, STEPGATE_SERVICE_NAME: 'Bank & <Sons>' }
    gateway = await startGateway({ env })
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser.close()
    await gateway.close()
  })
  beforeEach(() => {
    faults = []
  })

  /** An account with two sessions, and the link that ends the second one. */
  async function told() {
    const email = await registered(gateway)
    await signIn(gateway, email)
    await signIn(gateway, email, { userAgent: CHROME })
    const token = notMeToken(await noticeTo(gateway, email, 'new-device'))
    return { email, token }
  }

  const sessionsOf = async (email: string) => Object.keys((await storedPerson(gateway, email)).sessions).length

  async function open(fragment: string, locale = 'en-GB'): Promise<Page> {
    const context = await browser.newContext({ locale })
    const page = await context.newPage()
    page.setDefaultTimeout(8000)
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    page.on('pageerror', (error) => {
      faults.push(error.message)
    })
    await page.goto(`${address}/not-me${fragment}`)
    return page
  }

  it('does nothing until the button is pressed, then revokes the sign-in and says what to do next', async () => {
    const { email, token } = await told()
    const page = await open(`#token=${token}`)
    await page.getByRole('heading', { name: en.title }).waitFor()
    expect(await page.getByText('Bank & <Sons>').first().isVisible()).toBe(true)
    // The token is gone from the address bar and the history.
    expect(page.url()).toBe(`${address}/not-me`)
    expect(await sessionsOf(email)).toBe(2)
    await page.getByRole('button', { name: en.button }).click()
    await page.getByRole('heading', { name: en.done }).waitFor()
    expect(await page.getByText(en.next[1] ?? '').isVisible()).toBe(true)
    expect(await sessionsOf(email)).toBe(1)
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('speaks the language of the browser', async () => {
    const page = await open('#token=x', 'de-CH')
    await page.getByRole('heading', { name: NOT_ME_TEXTS.de.title }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await page.context().close()
  })

  it.each([
    ['without a token', ''],
    ['with an empty token', '#token='],
  ])('has no button when it is opened %s', async (_, fragment) => {
    const page = await open(fragment)
    await page.getByRole('heading', { name: en.gone }).waitFor()
    expect(await page.getByRole('button').count()).toBe(0)
    await page.context().close()
  })

  it('says that a link has expired or is incomplete', async () => {
    const page = await open('#token=k1.abc.def')
    await page.getByRole('button').click()
    await page.getByRole('heading', { name: en.gone }).waitFor()
    await page.context().close()
  })

  it('can be tried again when the network fails', async () => {
    const { email, token } = await told()
    const page = await open(`#token=${token}`)
    await page.context().setOffline(true)
    await page.getByRole('button').click()
    await page.getByRole('alert').filter({ visible: true }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('button').click()
    await page.getByRole('heading', { name: en.done }).waitFor()
    expect(await sessionsOf(email)).toBe(1)
    await page.context().close()
  })

  it('runs no markup from the fragment', async () => {
    const page = await open('#token=<img src=x onerror=alert(1)>"><script>alert(1)</script>')
    await page.getByRole('button').waitFor()
    expect(await page.locator('img, main script').count()).toBe(0)
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('loads nothing from other servers, forbids frames, and accepts no POST', async () => {
    const answer = await fetch(`${gateway.url}/not-me`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.text()).not.toMatch(/<script>|style="|onclick/)
    expect((await fetch(`${gateway.url}/not-me`, { method: 'POST' })).status).toBe(405)
  })
})
