import { ConfigError, readConfig, type Environment } from '../../src/config/index.js'

const PRODUCTION = {
  NODE_ENV: 'production',
  STEPGATE_PUBLIC_URL: 'https://auth.example.com',
  STEPGATE_SMTP_URL: 'smtps://mail.example.com',
}
const CHROME = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}`
const UUID = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9'

const originsIn = (value: string, more: Environment = PRODUCTION): readonly string[] =>
  readConfig({ ...more, STEPGATE_ALLOWED_ORIGINS: value }).server.allowedOrigins

function faultsOf(environment: Environment): readonly string[] {
  try {
    readConfig({ ...PRODUCTION, ...environment })
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes.map(({ setting }) => setting)
    throw error
  }
  return []
}

describe('the origins of application shells can be listed, in production too', () => {
  it.each([
    'capacitor://localhost',
    'ionic://localhost',
    'app://my-app',
    'tauri://localhost',
    'https://tauri.localhost',
    'http://tauri.localhost',
    'http://localhost',
    'http://localhost:8100',
    CHROME,
    `moz-extension://${UUID}`,
    `safari-web-extension://${UUID.toUpperCase()}`,
  ])('%s', (origin) => {
    expect(originsIn(origin)).toEqual([origin])
    expect(readConfig({ ...PRODUCTION, STEPGATE_WEBAUTHN_ORIGINS: origin }).webauthn.origins).toEqual([origin])
  })
})

describe('the spellings of an address bar become the origin that browsers send', () => {
  it.each([
    ['https://app.example.com/', 'https://app.example.com'],
    ['HTTPS://APP.Example.com', 'https://app.example.com'],
    ['https://app.example.com:443', 'https://app.example.com'],
    ['http://localhost:80/', 'http://localhost'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['Capacitor://localhost/', 'capacitor://localhost'],
    [CHROME.toUpperCase(), CHROME],
  ])('%s', (written, origin) => {
    expect(originsIn(written)).toEqual([origin])
  })

  it('names an origin once', () => {
    expect(originsIn('https://app.example.com, https://app.example.com/')).toEqual(['https://app.example.com'])
  })
})

describe('an entry that no browser sends is refused at start', () => {
  it.each([
    'null',
    '*',
    'https://*.example.com',
    'capacitor://*',
    'https://app.example.com/path',
    'capacitor://localhost/index.html',
    'https://app.example.com?q',
    'https://app.example.com/#top',
    'https://user@app.example.com',
    'app://user:secret@my-app',
    'https://app.example.com:99999',
    'app://my-app:99999',
    'app.example.com',
    'https:app.example.com',
    'https://a.example.com https://b.example.com',
    'https://a.example.com,,https://b.example.com',
    'https://a.example.com,',
    'https://',
    'app://',
    'app://ünïcode',
    'file:///index.html',
    'file://localhost',
    'wss://app.example.com',
    'data://x',
    'chrome-extension://short',
    'moz-extension://localhost',
    'http://app.example.com',
    'http://localhost.example.com',
  ])('%s', (value) => {
    expect(faultsOf({ STEPGATE_ALLOWED_ORIGINS: value })).toEqual(['STEPGATE_ALLOWED_ORIGINS'])
  })

  it('with the reason and the place in the list, and without the value', () => {
    const start = () => originsIn('https://app.example.com, https://user:canary@app.example.com')
    expect(start).toThrow(/entry 2: it has a user or password/)
    expect(start).not.toThrow(/canary/)
  })
})

describe('the relying party id', () => {
  it.each(['https://example.com', 'example.com:443', 'example.com/', '*.example.com', '192.0.2.1', 'a b'])(
    'cannot be %s',
    (value) => {
      expect(faultsOf({ STEPGATE_WEBAUTHN_RP_ID: value })).toEqual(['STEPGATE_WEBAUTHN_RP_ID'])
    },
  )

  it('is refused if it fits no origin', () => {
    expect(faultsOf({ STEPGATE_WEBAUTHN_RP_ID: 'ample.com' })).toEqual(['STEPGATE_WEBAUTHN_RP_ID'])
  })

  it('fits the host of an origin and its parent domains', () => {
    expect(faultsOf({ STEPGATE_WEBAUTHN_RP_ID: 'Example.com' })).toEqual([])
    expect(faultsOf({ STEPGATE_WEBAUTHN_RP_ID: 'auth.example.com' })).toEqual([])
  })
})
