import { chromium, type Browser, type Page } from 'playwright-core'
import { ROOMY, storedPerson } from '../support/answers.js'
import { CHROME } from '../support/client.js'
import { freePort } from '../support/free-port.js'
import { startGateway, type TestGateway } from '../support/gateway.js'
import { noticeTo, notMeToken } from '../support/notices.js'
import { registered, signIn } from '../support/person.js'

/** In a real browser: its policy, its scripts and its buttons are what counts here. */
describe('the page "this was not me"', () => {
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

  /** Somebody with two sessions, and the link that ends the second. */
  async function told() {
    const email = await registered(gateway)
    await signIn(gateway, email)
    await signIn(gateway, email, { userAgent: CHROME })
    const token = notMeToken(await noticeTo(gateway, email, /new device/))
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

  it('does nothing until the button is pressed, then takes it back and says what comes next', async () => {
    const { email, token } = await told()
    const page = await open(`#token=${token}`)
    await page.getByRole('heading', { name: 'This was not me' }).waitFor()
    expect(await page.getByText('Bank & <Sons>').first().isVisible()).toBe(true)
    // Nobody finds the token in the address bar or the history afterwards.
    expect(page.url()).toBe(`${address}/not-me`)
    expect(await sessionsOf(email)).toBe(2)
    await page.getByRole('button', { name: 'It was not me: take it back' }).click()
    await page.getByRole('heading', { name: 'It is taken back' }).waitFor()
    expect(await page.getByText('Change your password to one').isVisible()).toBe(true)
    expect(await sessionsOf(email)).toBe(1)
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('speaks the language of the browser', async () => {
    const page = await open('#token=x', 'de-CH')
    await page.getByRole('heading', { name: 'Das war ich nicht' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await page.context().close()
  })

  it.each([
    ['without a token', ''],
    ['with an empty one', '#token='],
  ])('%s has nothing to press', async (_, fragment) => {
    const page = await open(fragment)
    await page.getByRole('heading', { name: 'This link cannot be used' }).waitFor()
    expect(await page.getByRole('button').count()).toBe(0)
    await page.context().close()
  })

  it('says so when the link is too old or not complete', async () => {
    const page = await open('#token=k1.abc.def')
    await page.getByRole('button').click()
    await page.getByRole('heading', { name: 'This link cannot be used' }).waitFor()
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
    await page.getByRole('heading', { name: 'It is taken back' }).waitFor()
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

  it('may load nothing from elsewhere, be framed by nobody, and be posted to by nobody', async () => {
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
