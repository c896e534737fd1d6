import type { Browser, Page } from 'playwright-core'
import {
  EnrollFactorDocument,
  MeDocument,
  RequestMagicLinkDocument,
  SignInDocument,
  SignUpDocument,
  VerifyChallengeDocument,
  type EnrollFactorMutation,
  type RequestMagicLinkMutation,
} from '../../schema/generated/graphql.js'
import { ROOMY, wrongCode } from '../support/answers.js'
import { dataOf } from '../support/client.js'
import { enrollSms, otherThan, withMailbox } from '../support/factors.js'
import { freePort } from '../support/free-port.js'
import { startGateway, type TestGateway } from '../support/gateway.js'
import { askForLink, askForReset } from '../support/links.js'
import { PASSWORD, registered, signIn, withTotp } from '../support/person.js'
import { withPush } from '../support/push-device.js'
import { hasChromium, launchChromium } from './chromium.js'
import { passkeysInPage, type PagePasskeys } from './page-passkeys.js'
import { LINK_PAGE_TEXTS } from '../../src/http/pages/link/texts.js'

const NEW_PASSWORD = 'a passphrase made anew'
const SCREENSHOTS = process.env['TEST_SCREENSHOTS']
const { en } = LINK_PAGE_TEXTS

const name = 'the pages that links in mails lead to, in Chromium'
if (hasChromium) describe(name, suite)
else it.skip(`${name} need a Chromium, and none is installed`, () => undefined)

/** A person signs in by a link with the pages of the gateway alone, whatever second factor is required. */
function suite() {
  let gateway: TestGateway
  let browser: Browser
  let address: string
  let pages: Page[] = []
  let faults: string[] = []

  beforeAll(async () => {
    const port = await freePort()
    address = `http://localhost:${port}`
    const env = { PORT: String(port), STEPGATE_PUBLIC_URL: address, STEPGATE_FACTORS: 'TOTP,WEBAUTHN,PUSH,SMS,EMAIL' }
    gateway = await startGateway({ env: { ...ROOMY, STEPGATE_PUSH_DEVICE_LIMIT_ADDRESS: '1000/900', ...env } })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await gateway.close()
  })
  afterEach(async () => {
    await Promise.all(pages.map((page) => page.context().close()))
    pages = []
    const seen = faults
    faults = []
    expect(seen).toEqual([])
  })

  async function open(path: string, locale = 'en-GB', origin = address): Promise<Page> {
    const context = await browser.newContext({ locale })
    const page = await context.newPage()
    pages.push(page)
    page.setDefaultTimeout(8000)
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      // Chromium logs refused calls as errors. Violations of the page's own policy are what this looks for.
      const text = message.text()
      if (message.type() === 'error' && !text.startsWith('Failed to load resource')) faults.push(text)
    })
    await page.goto(`${origin}${path}`)
    return page
  }

  const call = (page: Page, document: { toString(): string }, variables: object = {}) =>
    page.evaluate(
      async ([query, given]) => {
        const headers = { 'content-type': 'application/json' }
        const body = JSON.stringify({ query, variables: given })
        return (await fetch('/graphql', { method: 'POST', headers, body })).json() as Promise<{ data: unknown }>
      },
      [document.toString(), variables] as const,
    )

  const whoIsIn = async (page: Page) => {
    const { data } = (await call(page, MeDocument)) as { data: { me: { email: string } } | null }
    return data?.me.email ?? null
  }

  const heading = (page: Page, title: string) => page.getByRole('heading', { name: title }).waitFor()
  const press = (page: Page, button: string | RegExp) => page.getByRole('button', { name: button }).click()
  const complaint = (page: Page) => page.getByRole('alert').filter({ visible: true })

  /** Requests the link in the browser of the page and opens it there. */
  async function linkHere(email: string): Promise<Page> {
    const page = await open('/magic-link')
    await openLinkIn(page, email)
    return page
  }

  async function openLinkIn(page: Page, email: string) {
    const known = await gateway.linksTo(email)
    const asked = (await call(page, RequestMagicLinkDocument, { input: { email } })) as {
      data: RequestMagicLinkMutation
    }
    expect(asked.data.requestMagicLink.code).toMatch(/^\d{6}$/)
    await page.goto(`${address}/magic-link#token=${await gateway.linkTokenFor(email, known)}`)
    await heading(page, 'Sign in')
  }

  /** Opens the link in a browser that did not request it. */
  async function linkElsewhere(email: string) {
    const { token, code } = await askForLink(gateway, email, gateway.client())
    const page = await open(`/magic-link#token=${token}`)
    await press(page, 'Sign in')
    await heading(page, en.signIn.codeTitle)
    return { page, token, code }
  }

  async function answerWith(page: Page, code: string) {
    await page.getByLabel('Code').filter({ visible: true }).fill(code)
    await page.keyboard.press('Enter')
  }

  /** A virtual authenticator that always verifies its user. */
  async function addAuthenticator(page: Page) {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const checked = { hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
    const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, ...checked } as const
    await cdp.send('WebAuthn.addVirtualAuthenticator', { options })
  }

  const shoot = async (page: Page, title: string) => {
    if (SCREENSHOTS !== undefined) await page.screenshot({ path: `${SCREENSHOTS}/link-${title}.png` })
  }

  it('sign in where the link was requested, after the button is pressed, and remove the token from the address', async () => {
    const email = await registered(gateway)
    const page = await linkHere(email)
    expect(page.url()).toBe(`${address}/magic-link`)
    expect(await whoIsIn(page)).toBeNull()
    await shoot(page, 'ask')
    await press(page, 'Sign in')
    await heading(page, en.done)
    expect(await whoIsIn(page)).toBe(email)
    await page.goBack()
    expect(page.url()).not.toContain('token')
  })

  it('ask for the code elsewhere, show the attempts left, and sign in with the right one', async () => {
    const email = await registered(gateway)
    const { page, token, code } = await linkElsewhere(email)
    await answerWith(page, otherThan(code))
    await complaint(page).getByText(`${en.wrong} 4`).waitFor()
    await shoot(page, 'code')
    await answerWith(page, `${code.slice(0, 3)} ${code.slice(3)}`)
    await heading(page, en.done)
    expect(await whoIsIn(page)).toBe(email)

    const late = await open(`/magic-link#token=${token}`)
    await press(late, 'Sign in')
    await heading(late, en.gone)
    await shoot(late, 'gone')
  })

  it('reject a link after five wrong codes', async () => {
    const { page, code } = await linkElsewhere(await registered(gateway))
    for (let left = 4; left >= 0; left -= 1) {
      await answerWith(page, otherThan(code))
      await complaint(page).getByText(`${en.wrong} ${left}`).waitFor()
    }
    await answerWith(page, code)
    await heading(page, en.gone)
    expect(await whoIsIn(page)).toBeNull()
  })

  it.each(['/magic-link', '/reset-password', '/confirm'])(
    'show at once, in German, that %s without a token does not work',
    async (path) => {
      const page = await open(path, 'de-DE')
      await heading(page, LINK_PAGE_TEXTS.de.gone)
      expect(await page.getByRole('button').count()).toBe(0)
    },
  )

  it('accept an authenticator app as the second factor, count wrong codes, and accept a recovery code', async () => {
    const person = await withTotp(gateway)
    const page = await linkHere(person.email)
    await press(page, 'Sign in')
    await heading(page, en.factor)
    await shoot(page, 'factor')
    await press(page, 'Authenticator app')
    await page.getByText(en.hints.TOTP).waitFor()
    await answerWith(page, wrongCode(person.authenticator, gateway))
    await complaint(page).getByText(`${en.wrong} 4`).waitFor()
    expect(await whoIsIn(page)).toBeNull()
    await answerWith(page, person.authenticator.code())
    await heading(page, en.done)
    expect(await whoIsIn(page)).toBe(person.email)

    const again = await linkHere(person.email)
    await press(again, 'Sign in')
    await press(again, 'Authenticator app')
    await press(again, en.anotherWay)
    await press(again, 'Recovery codes')
    await answerWith(again, person.recoveryCodes[0] ?? '')
    await heading(again, en.done)
    await again.getByText(en.advice).waitFor()
  })

  it('send a code by text message and accept it', async () => {
    const { email, client } = await withTotp(gateway)
    const { telephone } = await enrollSms(gateway, client)
    gateway.clock.advance(60)
    const page = await linkHere(email)
    await press(page, 'Sign in')
    await press(page, /^Text message/)
    await page.getByText(en.hints.SMS).waitFor()
    await answerWith(page, await telephone.code())
    await heading(page, en.done)
  })

  it('show the number for a push prompt, and continue after it is approved', async () => {
    const { email, device } = await withPush(gateway)
    const page = await linkHere(email)
    await press(page, 'Sign in')
    await press(page, 'Phone')
    await heading(page, en.push)
    const number = (await page.locator('#push-number').textContent()) ?? ''
    const waiting = dataOf(await device.requests()).pushRequests.requests
    dataOf(await device.approve(waiting[0]?.challengeId ?? '', number))
    await heading(page, en.done)
  })

  it('accept a passkey', async () => {
    const email = await registered(gateway)
    const page = await open('/magic-link')
    await addAuthenticator(page)
    await call(page, SignInDocument, { input: { email, password: PASSWORD } })
    const begun = (await call(page, EnrollFactorDocument, { input: { type: 'WEBAUTHN' } })) as {
      data: EnrollFactorMutation
    }
    const { challenge, webauthn } = begun.data.enrollFactor
    await page.evaluate(passkeysInPage)
    const made = await page.evaluate(
      (options) => (globalThis as unknown as { passkeys: PagePasskeys }).passkeys.create(options),
      webauthn?.creationOptions as object,
    )
    await call(page, VerifyChallengeDocument, { input: { challengeId: challenge?.id, webauthn: made } })
    await page.context().clearCookies()
    await openLinkIn(page, email)
    await press(page, 'Sign in')
    await press(page, 'Passkey')
    await heading(page, en.done)
    expect(await whoIsIn(page)).toBe(email)
  })

  it('offer no e-mail code after a mailed link', async () => {
    const { email } = await withMailbox(gateway)
    const page = await linkHere(email)
    await press(page, 'Sign in')
    await heading(page, en.factor)
    expect(await page.locator('#ways').getByRole('button').allTextContents()).toEqual(['Recovery codes'])
  })

  it('lead back to the application when a second factor has to be set up first', async () => {
    const port = await freePort()
    const own = `http://localhost:${port}`
    const env = { ...ROOMY, PORT: String(port), STEPGATE_PUBLIC_URL: own, STEPGATE_MFA_POLICY: 'REQUIRED' }
    const strict = await startGateway({ env })
    const email = await registered(strict)
    const { token, code } = await askForLink(strict, email, strict.client())
    const page = await open(`/magic-link#token=${token}`, 'en-GB', own)
    await press(page, 'Sign in')
    await answerWith(page, code)
    await heading(page, en.enrol)
    await strict.close()
  })

  it('set a new password, explain an objection, and require the second factor to sign in', async () => {
    const person = await withTotp(gateway)
    const page = await open(`/reset-password#token=${await askForReset(gateway, person.email)}`)
    await heading(page, en.reset.title)
    expect(page.url()).toBe(`${address}/reset-password`)
    const field = page.getByLabel('New password')
    await field.fill('short')
    await page.keyboard.press('Enter')
    await complaint(page).getByText(en.reset.objections.TOO_SHORT).waitFor()
    await shoot(page, 'objection')
    await field.fill(person.email)
    await page.keyboard.press('Enter')
    await complaint(page).getByText(en.reset.objections.CONTAINS_EMAIL).waitFor()
    await page.getByLabel(en.reset.show).check()
    expect(await field.getAttribute('type')).toBe('text')
    await field.fill(NEW_PASSWORD)
    await press(page, en.reset.button)
    await heading(page, en.factor)
    expect(await page.getByText(en.reset.isSet).isVisible()).toBe(true)
    expect(await whoIsIn(page)).toBeNull()
    await press(page, 'Authenticator app')
    await answerWith(page, person.authenticator.code())
    await heading(page, en.done)
    expect(await whoIsIn(page)).toBe(person.email)
    const { result } = await signIn(gateway, person.email, { password: NEW_PASSWORD })
    expect(result.__typename).toBe('MfaRequired')
  })

  it('confirm the address of a new account once, without signing in', async () => {
    const email = 'newcomer@example.com'
    const page = await open('/confirm')
    await call(page, SignUpDocument, { input: { email, password: PASSWORD } })
    const token = await gateway.linkTokenFor(email)
    await page.goto(`${address}/confirm#token=${token}`)
    await heading(page, en.confirm.title)
    expect(page.url()).toBe(`${address}/confirm`)
    await shoot(page, 'confirm')
    await press(page, 'Confirm')
    await heading(page, en.confirm.done)
    expect(await whoIsIn(page)).toBeNull()
    expect((await signIn(gateway, email)).result.__typename).toBe('SignedIn')

    const late = await open(`/confirm#token=${token}`)
    await press(late, 'Confirm')
    await heading(late, en.gone)
    await late.getByText(en.confirm.goneExplains).waitFor()
  })

  it('ask for the password of the sign-up in another browser, and count wrong passwords', async () => {
    const email = 'two-machines@example.com'
    dataOf(await gateway.client().send(SignUpDocument, { input: { email, password: PASSWORD } }))
    const page = await open(`/confirm#token=${await gateway.linkTokenFor(email)}`)
    await press(page, 'Confirm')
    await heading(page, en.confirm.passwordTitle)
    await shoot(page, 'confirm-elsewhere')
    await page.getByLabel(en.confirm.password).fill('a passphrase of a stranger')
    await page.keyboard.press('Enter')
    await complaint(page).getByText(`${en.confirm.wrong} 4`).waitFor()
    await page.getByLabel(en.confirm.password).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await heading(page, en.confirm.done)
    expect((await signIn(gateway, email)).result.__typename).toBe('SignedIn')
  })

  it('report a network failure, and work when they are tried again', async () => {
    const page = await linkHere(await registered(gateway))
    await page.context().setOffline(true)
    await press(page, 'Sign in')
    await complaint(page).getByText(en.failed).waitFor()
    await page.context().setOffline(false)
    await press(page, 'Sign in')
    await heading(page, en.done)
  })

  it('show the reference of a sign-in that was blocked', async () => {
    const page = await open('/magic-link#token=x')
    const errors = [{ message: 'No.', extensions: { code: 'RISK_BLOCKED', reference: 'q7Zk-0a1B' } }]
    await page.route('**/graphql', (route) => route.fulfill({ json: { data: null, errors } }))
    await press(page, 'Sign in')
    await heading(page, en.blocked)
    await page.getByText('give them this reference: q7Zk-0a1B').waitFor()
  })

  it('run no markup from the fragment', async () => {
    const page = await open('/magic-link#token=<img src=x onerror=alert(1)>"><script>alert(1)</script>')
    await press(page, 'Sign in')
    await heading(page, en.gone)
    expect(await page.locator('img, main script').count()).toBe(0)
  })
}
