import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import ts from 'typescript'
import { ChallengeFactorDocument, SignInDocument, VerifyChallengeDocument } from '../../schema/generated/graphql.js'
import type { DeviceKeyOptions, DeviceKey } from '../../src/client/index.js'
import { storedPerson } from '../support/answers.js'
import { endpointOf } from '../support/devices.js'
import type { ResultOf, VariablesOf } from '../support/documents.js'
import type { TestGateway } from '../support/gateway.js'
import { PASSWORD, withTotp, type PersonWithFactor } from '../support/person.js'
import { gatewayForBrowsers, hasChromium, launchChromium, openPage, type BrowserUnderTest } from './chromium.js'

const DATABASE = 'device-key-under-test'

const name = 'the key of a device in Chromium'
if (hasChromium) describe(name, suite)
else it.skip(`${name} needs a Chromium, and none is installed`, () => undefined)

function suite() {
  let gateway: TestGateway
  let browser: Browser
  let opened: BrowserUnderTest
  let person: PersonWithFactor

  beforeAll(async () => {
    ;[gateway, browser] = await Promise.all([gatewayForBrowsers(), launchChromium()])
  })
  afterAll(async () => {
    await browser.close()
    await gateway.close()
  })
  beforeEach(async () => {
    person = await withTotp(gateway)
    opened = await openPage(browser, gateway)
    await serveClient(opened.page)
    await remember(opened)
  })
  afterEach(() => opened.close())

  /** The client kit, as a page loads it. */
  async function serveClient(page: Page): Promise<void> {
    const source = await readFile(new URL('../../src/client/device-key.ts', import.meta.url), 'utf8')
    const { target, module } = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
    const body = ts.transpileModule(source, { compilerOptions: { target, module } }).outputText
    await page.route('**/device-key.js', (route) => route.fulfill({ contentType: 'text/javascript', body }))
  }

  async function giveCookie({ page }: BrowserUnderTest, [cookie, value]: [string, string]): Promise<void> {
    const { hostname } = new URL(endpointOf(gateway))
    await page
      .context()
      .addCookies([{ name: cookie, value, domain: hostname, path: '/', httpOnly: true, sameSite: 'Lax' }])
  }

  async function cookieOf({ page }: BrowserUnderTest): Promise<[string, string]> {
    const found = (await page.context().cookies()).find((cookie) => cookie.name.startsWith('stepgate-device-'))
    return [found?.name ?? '', found?.value ?? '']
  }

  /** Makes a proof in the page, with the gateway's time. */
  const proofIn = ({ page }: BrowserUnderTest): Promise<string> =>
    page.evaluate(
      async ([databaseName, url, time]) => {
        const path = '/device-key.js'
        const kit = (await import(path)) as { createDeviceKey(options: DeviceKeyOptions): DeviceKey }
        return kit.createDeviceKey({ databaseName, now: () => new Date(time) }).proof(url)
      },
      [DATABASE, endpointOf(gateway), gateway.clock.now().getTime()] as const,
    )

  async function send<D extends { toString(): string }>(
    { page }: BrowserUnderTest,
    document: D,
    variables: VariablesOf<D>,
    proof: string | null,
  ): Promise<ResultOf<D>> {
    const text = await page.evaluate(
      async ([query, given, header]) => {
        const headers = { 'content-type': 'application/json', ...(header ? { 'stepgate-device-proof': header } : {}) }
        const body = JSON.stringify({ query, variables: given })
        return (await fetch('/graphql', { method: 'POST', headers, body })).text()
      },
      [document.toString(), variables as object, proof] as const,
    )
    const { data } = JSON.parse(text) as { data: ResultOf<D> | null }
    if (!data) throw new Error(`unexpected answer: ${text}`)
    return data
  }

  async function signInFrom(browserPage: BrowserUnderTest, proof: string | null) {
    const input = { email: person.email, password: PASSWORD }
    return (await send(browserPage, SignInDocument, { input }, proof)).signIn
  }

  const arrivalIn = async (browserPage: BrowserUnderTest, proof: string | null): Promise<string> =>
    (await signInFrom(browserPage, proof)).__typename

  /** Signs in with the second factor and the device key, and has the browser remembered. */
  async function remember(browserPage: BrowserUnderTest): Promise<void> {
    const result = await signInFrom(browserPage, await proofIn(browserPage))
    if (result.__typename !== 'MfaRequired') throw new Error('no second factor was asked for')
    const { factorId } = person.authenticator
    const asked = await send(browserPage, ChallengeFactorDocument, { input: { factorId } }, null)
    const { id: challengeId } = asked.challengeFactor
    const input = { challengeId, code: person.authenticator.code(), rememberDevice: true }
    const passed = await send(browserPage, VerifyChallengeDocument, { input }, await proofIn(browserPage))
    expect(passed.verifyChallenge).toMatchObject({ __typename: 'ChallengePassed', deviceRemembered: true })
  }

  const keysOf = async () =>
    Object.values((await storedPerson(gateway, person.email)).devices).map(({ keyThumbprint }) => keyThumbprint)

  it('binds the device: its cookie is useless in a browser without the key', async () => {
    expect(await keysOf()).toContainEqual(expect.stringMatching(/^[A-Za-z0-9_-]{43}$/))
    expect(await arrivalIn(opened, await proofIn(opened))).toBe('SignedIn')

    const thief = await openPage(browser, gateway)
    await serveClient(thief.page)
    await giveCookie(thief, await cookieOf(opened))
    expect(await arrivalIn(thief, null)).toBe('MfaRequired')
    expect(await arrivalIn(thief, await proofIn(thief))).toBe('MfaRequired')
    await thief.close()

    expect(await arrivalIn(opened, await proofIn(opened))).toBe('SignedIn')
  })

  it('is the same for tabs that create it at the same time, and survives a reload', async () => {
    const proofs = await Promise.all(Array.from({ length: 5 }, () => proofIn(opened)))
    await opened.page.reload()
    const keys = [...proofs, await proofIn(opened)].map(
      (proof) =>
        (JSON.parse(Buffer.from(proof.split('.')[0] ?? '', 'base64url').toString()) as { jwk: { x: string } }).jwk.x,
    )
    expect(new Set(keys).size).toBe(1)
  })

  it('cannot be exported, not even by the page that uses it', async () => {
    await proofIn(opened)
    const exported = await opened.page.evaluate(async (databaseName) => {
      const { indexedDB } = globalThis as unknown as { indexedDB: { open(name: string): Asked<KeptIn> } }
      interface Asked<T> {
        readonly result: T
        onsuccess: () => void
      }
      interface KeptIn {
        transaction(store: string): { objectStore(name: string): { get(key: string): Asked<CryptoKeyPair> } }
      }
      type CryptoKeyPair = Awaited<ReturnType<typeof crypto.subtle.generateKey>> & { privateKey: never }
      const done = <T>(asked: Asked<T>) => new Promise<T>((resolve) => (asked.onsuccess = () => resolve(asked.result)))
      const database = await done(indexedDB.open(databaseName))
      const { privateKey } = await done(database.transaction('keys').objectStore('keys').get('device'))
      const tried = await Promise.allSettled(
        (['jwk', 'pkcs8'] as const).map((format) => crypto.subtle.exportKey(format as 'jwk', privateKey)),
      )
      return {
        extractable: (privateKey as { extractable: boolean }).extractable,
        tried: tried.map(({ status }) => status),
      }
    }, DATABASE)
    expect(exported).toEqual({ extractable: false, tried: ['rejected', 'rejected'] })
  })
}
