import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { freePort } from '../support/free-port.js'
import { startGateway, type TestGateway } from '../support/gateway.js'
import { askForLink, askForReset, followLink, resetWith } from '../support/links.js'
import { registered } from '../support/person.js'

const PAGES = ['/magic-link', '/reset-password', '/confirm'] as const
const SCRIPTS = ['magic-link.js', 'reset-password.js', 'confirm.js', 'second-factor.js', 'parts.js', 'gateway.js']

/** test/browser/link-pages.test.ts tests their scripts. */
describe('the pages that links in mails lead to', () => {
  let gateway: TestGateway
  let address: string
  beforeAll(async () => {
    address = `http://localhost:${await freePort()}`
    const { port } = new URL(address)
    gateway = await startGateway({
      env: {
        ...ROOMY,
        PORT: port,
        STEPGATE_PUBLIC_URL: address,
        STEPGATE_SERVICE_NAME: 'Bank & <Sons>',
        STEPGATE_PASSWORD_MIN_LENGTH: '17',
      },
    })
  })
  afterAll(() => gateway.close())

  const open = (path: string, language = 'en') =>
    fetch(`${gateway.url}${path}`, { headers: { 'accept-language': language } })

  it.each(PAGES)(
    '%s loads nothing from other servers, has no inline script, forbids frames and is not cached',
    async (path) => {
      const answer = await open(path)
      const text = await answer.text()
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toContain('text/html')
      expect(answer.headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
          "frame-ancestors 'none'; require-trusted-types-for 'script'",
      )
      expect(answer.headers.get('x-frame-options')).toBe('DENY')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.getSetCookie()).toEqual([])
      expect(text).not.toMatch(/<script>|style="| on\w+="|https?:/)
      expect(text).toContain('Bank &amp; &lt;Sons&gt;')
      expect(text).not.toContain('<Sons>')
    },
  )

  it.each(PAGES)('%s has a label for every field, and one heading in every section', async (path) => {
    const text = await (await open(path)).text()
    for (const [, id = ''] of text.matchAll(/<input id="([\w-]+)"/g)) {
      expect(text).toMatch(new RegExp(`<label for="${id}">|<label[^>]*><input id="${id}"`))
    }
    expect([...text.matchAll(/<h1>/g)]).toHaveLength([...text.matchAll(/<section /g)].length)
    expect(text).not.toMatch(/undefined|\[object/)
  })

  it.each([
    ['/magic-link', 'de-CH', 'de', 'Anmelden'],
    ['/magic-link', 'fr', 'en', 'Sign in'],
    ['/magic-link', 'fr, de;q=0.8', 'de', 'Anmelden'],
    ['/reset-password', 'de', 'de', 'Neues Passwort festlegen'],
    ['/reset-password', 'en-GB', 'en', 'Set a new password'],
    ['/confirm', 'de', 'de', 'E-Mail-Adresse bestätigen'],
    ['/confirm', 'en', 'en', 'Confirm your e-mail address'],
  ])('%s answers %s in %s', async (path, asked, language, title) => {
    const answer = await open(path, asked)
    expect(answer.headers.get('content-language')).toBe(language)
    expect(answer.headers.get('vary')).toContain('Accept-Language')
    const text = await answer.text()
    expect(text).toContain(`<html lang="${language}">`)
    expect(text).toContain(`<title>${title} – `)
  })

  it('show the minimum length of a password, and let password managers create one', async () => {
    const text = await (await open('/reset-password')).text()
    expect(text).toContain('At least 17 characters.')
    expect(text).toContain('type="password" autocomplete="new-password"')
  })

  it('are the targets of the mails, and opening them uses up no link', async () => {
    const email = await registered(gateway)
    const client = gateway.client()
    const { token } = await askForLink(gateway, email, client)
    const reset = await askForReset(gateway, email)
    const links = (await gateway.mailTo(email)).flatMap(({ text }) => /http\S+#token=\S+/.exec(text)?.[0] ?? [])
    expect(links).toContain(`${address}/magic-link#token=${token}`)
    expect(links).toContain(`${address}/reset-password#token=${reset}`)
    for (const link of links) await fetch(link)
    for (const path of PAGES) await fetch(`${gateway.url}${path}?token=${token}`, { method: 'HEAD' })
    expect(codeOf(await followLink(client, token))).toBeNull()
    expect(codeOf(await resetWith(gateway.client(), reset, 'another rather long passphrase'))).toBeNull()
  })

  it.each(PAGES)('%s is read only', async (path) => {
    const answer = await fetch(`${gateway.url}${path}`, { method: 'POST' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
  })

  it.each([...SCRIPTS.map((name) => [name, 'text/javascript'] as const), ['page.css', 'text/css'] as const])(
    'include %s',
    async (name, type) => {
      const answer = await open(`/link-page/${name}`)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toContain(type)
      expect((await answer.text()).length).toBeGreaterThan(0)
    },
  )

  it.each([
    '/link-page/tsconfig.json',
    '/link-page/..%2fmain.ts',
    '/link-page/__proto__',
    '/link-page/',
    '/magic-links',
  ])('do not include %s', async (path) => {
    expect((await open(path)).status).toBe(404)
  })

  it('have a text for each objection to a password', async () => {
    const email = await registered(gateway)
    const token = await askForReset(gateway, email)
    const text = await (await open('/reset-password')).text()
    for (const [password, objection] of [
      ['short', 'TOO_SHORT'],
      ['x'.repeat(1025), 'TOO_LONG'],
      [`${email}1234567`, 'CONTAINS_EMAIL'],
      ['stepgatestepgatestepgate', 'TOO_COMMON'],
    ] as const) {
      const answer = await resetWith(gateway.client(), token, password)
      expect(answer.errors[0]?.extensions).toMatchObject({ fields: ['newPassword'], objection })
      expect(text).toContain(`id="objection-${objection}" role="alert" hidden`)
    }
    dataOf(await resetWith(gateway.client(), token, 'another rather long passphrase'))
  })
})

it('are in the language of the installation when the browser accepts no other that they have', async () => {
  const gateway = await startGateway({ env: { STEPGATE_LANGUAGE: 'de' } })
  const languageFor = async (path: string, asked: string) =>
    (await fetch(`${gateway.url}${path}`, { headers: { 'accept-language': asked } })).headers.get('content-language')
  for (const path of ['/confirm', '/not-me', '/push']) {
    expect(await languageFor(path, 'fr')).toBe('de')
    expect(await languageFor(path, '*')).toBe('de')
    expect(await languageFor(path, 'fr, en;q=0.1')).toBe('en')
  }
  await gateway.close()
})

describe('when an application has its own pages, those of the gateway', () => {
  const statusesWith = async (env: Readonly<Record<string, string>>) => {
    const gateway = await startGateway({ env })
    const statuses = []
    for (const path of [...PAGES, '/link-page/parts.js']) statuses.push((await fetch(`${gateway.url}${path}`)).status)
    await gateway.close()
    return statuses
  }

  it.each([
    ['for signing in', { STEPGATE_MAGIC_LINK_URLS: 'https://app.example.com/in' }, [404, 200, 200, 200]],
    ['for new passwords', { STEPGATE_PASSWORD_RESET_URL: 'https://app.example.com/reset' }, [200, 404, 200, 200]],
    ['for confirming', { STEPGATE_CONFIRM_URL: 'https://app.example.com/confirm' }, [200, 200, 404, 200]],
    [
      'for all',
      {
        STEPGATE_MAGIC_LINK_URLS: 'https://app.example.com/in',
        STEPGATE_PASSWORD_RESET_URL: 'https://app.example.com/reset',
        STEPGATE_CONFIRM_URL: 'https://app.example.com/confirm',
      },
      [404, 404, 404, 404],
    ],
    ['and nobody signs in by a link', { STEPGATE_MAGIC_LINKS: 'off' }, [404, 200, 200, 200]],
  ])('are not served: %s', async (_, env, statuses) => {
    expect(await statusesWith(env)).toEqual(statuses)
  })
})
