import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'
import { passkeysInPage } from './page-passkeys.js'
import { startGateway, type TestGateway } from '../support/gateway.js'

const EXECUTABLE = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
export const hasChromium = existsSync(EXECUTABLE)

/** A browser with its own authenticator, on a page of the gateway's origin. */
export interface BrowserUnderTest {
  readonly gateway: TestGateway
  readonly page: Page
  readonly cdp: CDPSession
  readonly authenticatorId: string
  close(): Promise<void>
}

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] })

/** A gateway on localhost, which is a secure context for browsers. */
export async function gatewayForBrowsers(): Promise<TestGateway> {
  const port = await freePort()
  return startGateway({ env: { PORT: String(port), STEPGATE_PUBLIC_URL: `http://localhost:${port}` } })
}

/** A page in its own profile, with a virtual authenticator that always verifies its user. */
export async function openPage(browser: Browser, gateway: TestGateway): Promise<BrowserUnderTest> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const { origin } = new URL(gateway.env['STEPGATE_PUBLIC_URL'] ?? '')
  await page.route(`${origin}/blank`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>blank</title>' }),
  )
  await page.goto(`${origin}/blank`)
  await page.evaluate(passkeysInPage)
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { gateway, page, cdp, authenticatorId, close: () => context.close() }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, 'localhost', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
