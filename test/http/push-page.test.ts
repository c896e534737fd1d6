import { Script } from 'node:vm'
import { startGateway } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { compileGateway, type GatewayProgram } from '../support/gateway-process.js'
import { keptDirectory } from '../support/kept-directory.js'

const FILES = [
  ['/push', 'text/html'],
  ['/push/', 'text/html'],
  ['/push/page.js', 'text/javascript'],
  ['/push/texts.js', 'text/javascript'],
  ['/push/notification.js', 'text/javascript'],
  ['/push/device-store.js', 'text/javascript'],
  ['/push/gateway.js', 'text/javascript'],
  ['/push/notifications.js', 'text/javascript'],
  ['/push/request-card.js', 'text/javascript'],
  ['/push/sw.js', 'text/javascript'],
  ['/push/style.css', 'text/css'],
  ['/push/manifest.webmanifest', 'application/manifest+json'],
  ['/push/icon.svg', 'image/svg+xml'],
] as const

describe('the files of the page that answers push prompts', () => {
  const gateway = gatewayForAll({
    env: { STEPGATE_SERVICE_NAME: `A&B "<script>"`, STEPGATE_ALLOWED_ORIGINS: 'https://app.example.com' },
  })

  it.each(FILES)('%s is served as %s, with a policy that allows nothing else', async (path, type) => {
    const answer = await fetch(`${gateway.url}${path}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain(type)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
    expect((await answer.text()).length).toBeGreaterThan(0)
  })

  it.each([
    '/push/tsconfig.json',
    '/push/..%2fmain.ts',
    '/push/%2e%2e/main.ts',
    '/push/page.ts',
    '/push/__proto__',
    '/pushed',
  ])('do not include %s', async (path) => {
    expect((await fetch(`${gateway.url}${path}`)).status).toBe(404)
  })

  it('include a service worker that is not a module, so that every browser runs it', async () => {
    expect(await isClassicScript(`${gateway.url}/push/sw.js`)).toBe(true)
    expect(await isClassicScript(`${gateway.url}/push/page.js`)).toBe(false)
  })

  it.each([
    ['/push', 'de-AT, en;q=0.5', 'de', 'Dieses Gerät verbinden?'],
    ['/push', 'fr', 'en', 'Connect this device?'],
    ['/push/manifest.webmanifest', 'de', 'de', 'Sind Sie das?'],
    ['/push/manifest.webmanifest', 'en', 'en', 'Is this you?'],
    ['/push/notification.js', 'de', 'de', 'Eine Anfrage wartet'],
    ['/push/notification.js', 'en', 'en', 'A request is waiting'],
  ])('are written in the language of the browser: %s for %s in %s', async (path, asked, language, words) => {
    const answer = await fetch(`${gateway.url}${path}`, { headers: { 'accept-language': asked } })
    expect(answer.headers.get('content-language')).toBe(language)
    expect(answer.headers.get('vary')).toContain('Accept-Language')
    const text = await answer.text()
    expect(text).toContain(words)
    expect(text).not.toMatch(/undefined|\[object|=>/)
  })

  it('hold no inline script or style', async () => {
    const text = await (await fetch(`${gateway.url}/push`)).text()
    expect(text).not.toMatch(/<script(?! type="module" src="\/push\/page\.js"><\/script>)|<style|style="|onclick/)
  })

  it('are read only', async () => {
    const answer = await fetch(`${gateway.url}/push`, { method: 'POST' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
  })

  it('escape the name of the service', async () => {
    const text = await (await fetch(`${gateway.url}/push`)).text()
    expect(text).toContain('data-service="A&amp;B &quot;&lt;script&gt;&quot;"')
    expect(text).not.toContain('"<script>"')
  })

  it('may call the API from the public URL in addition to the allowed origins', async () => {
    const call = (origin: string) =>
      fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ query: '{ __typename }' }),
      })
    expect((await call('http://localhost:0')).status).toBe(200)
    expect((await call('https://evil.example')).status).toBe(403)
  })

  it('are not served when push prompts are turned off', async () => {
    const without = await startGateway({ env: { STEPGATE_FACTORS: 'TOTP' } })
    expect((await fetch(`${without.url}/push`)).status).toBe(404)
    await without.close()
  })
})

describe('the program', () => {
  let program: GatewayProgram
  beforeAll(async () => {
    program = await compileGateway()
  }, 60_000)
  afterAll(() => program.discard())

  it('serves the page too', async () => {
    const directory = await keptDirectory()
    const gateway = await program.start(directory.env)
    for (const [path] of FILES) expect((await fetch(`${gateway.url}${path}`)).status).toBe(200)
    expect(await isClassicScript(`${gateway.url}/push/sw.js`)).toBe(true)
    await gateway.stop()
    await directory.remove()
  }, 60_000)

  it('prints a key pair in the form of its own settings', async () => {
    const { status, stdout } = await program.run(['keys', 'vapid'], {})
    expect(status).toBe(0)
    expect(stdout).toMatch(/^STEPGATE_VAPID_PUBLIC_KEY=[\w-]{87}\nSTEPGATE_VAPID_PRIVATE_KEY=[\w-]{43}\n$/)
  }, 60_000)
})

async function isClassicScript(url: string): Promise<boolean> {
  const text = await (await fetch(url)).text()
  try {
    return new Script(text) instanceof Script
  } catch {
    return false
  }
}
