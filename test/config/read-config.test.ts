import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError, describeSettings, readConfig, type Environment } from '../../src/config/index.js'

const KEY = `k1:${Buffer.alloc(32, 7).toString('base64')}`
const PRODUCTION = {
  NODE_ENV: 'production',
  STEPGATE_PUBLIC_URL: 'https://auth.example.com',
  STEPGATE_SMTP_URL: 'smtps://user:hunter2-canary@mail.example.com',
  MONGODB_URI: 'mongodb://user:hunter2-canary@db1:27017,db2:27017/stepgate',
  STEPGATE_KEYS: KEY,
}

function mistakesOf(environment: Environment): readonly string[] {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes.map(({ setting, says }) => `${setting} ${says}`)
    throw error
  }
  return []
}

const settingsAtFault = (environment: Environment): string[] =>
  mistakesOf(environment).map((mistake) => mistake.split(' ')[0] ?? '')

const SECRETS = describeSettings()
  .filter(({ fileName }) => fileName !== null)
  .map(({ name }) => name)

describe('an empty environment', () => {
  const config = readConfig({})

  it('runs on loopback, with everything a laptop needs', () => {
    expect(config.server).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      publicUrl: 'http://localhost:4000',
      allowedOrigins: ['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000'],
      trustedProxies: [],
      forwardingHeaders: ['x-forwarded-for', 'forwarded'],
      introspection: true,
    })
    expect(config.mail).toMatchObject({ outbox: true, smtpUrl: null })
    expect(config.store).toEqual({
      mongodbUri: null,
      dataDirectory: './.stepgate',
      durable: true,
      sharded: false,
      keptCallers: 5000,
      patienceMilliseconds: 1800,
    })
    expect(config.production).toBe(false)
  })

  it('has the limits of the contract', () => {
    expect(config.documents).toMatchObject({ maxDepth: 10, maxAliases: 15, maxTokens: 1000, maxBodyBytes: 100_000 })
    expect(config.sessions).toMatchObject({ idleSeconds: 3600, absoluteSeconds: 86_400, accessTokenSeconds: 300 })
    expect(config.challenges).toMatchObject({ totpSeconds: 300, otherSeconds: 600, attempts: 5 })
    expect(config.mfa.stepUpBudget).toEqual({ count: 10, withinSeconds: 900 })
    expect(config.passwords).toMatchObject({ minLength: 15, maxBytes: 1024, argon2: { memoryKib: 19_456, passes: 2 } })
  })

  it('is deeply frozen', () => {
    expect(Object.isFrozen(config)).toBe(true)
    expect(Object.isFrozen(config.mfa.stepUpBudget)).toBe(true)
    expect(Object.isFrozen(config.server.allowedOrigins)).toBe(true)
  })
})

describe('a secret in a file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'stepgate-secrets-'))
  afterAll(() => rmSync(directory, { recursive: true }))
  const file = (name: string, content: string): string => {
    writeFileSync(join(directory, name), content)
    return join(directory, name)
  }

  it('is read without the line break at its end', () => {
    const config = readConfig({ STEPGATE_KEYS_FILE: file('keys', `${KEY}\n`), MONGODB_URI_FILE: '' })
    expect(config.keys).toMatchObject([{ id: 'k1' }])
  })

  it('is checked like one in the environment, and never quoted', () => {
    const path = file('uri', 'hunter2-canary')
    expect(settingsAtFault({ MONGODB_URI_FILE: path })).toEqual(['MONGODB_URI_FILE'])
    expect(mistakesOf({ MONGODB_URI_FILE: path }).join()).not.toContain('canary')
  })

  it('must be there, and must be the only one', () => {
    const smtpUrl = file('smtp', 'smtp://localhost')
    expect(settingsAtFault({ STEPGATE_SMTP_URL_FILE: join(directory, 'nothing') })).toEqual(['STEPGATE_SMTP_URL_FILE'])
    expect(settingsAtFault({ STEPGATE_KEYS_FILE: file('empty', '\n') })).toEqual(['STEPGATE_KEYS_FILE'])
    expect(settingsAtFault({ STEPGATE_SMTP_URL_FILE: smtpUrl, STEPGATE_SMTP_URL: 'smtp://localhost' })).toEqual([
      'STEPGATE_SMTP_URL_FILE',
    ])
  })

  it('is reported once when it cannot be read, also where the setting is required', () => {
    const withoutMail = { ...PRODUCTION, STEPGATE_SMTP_URL: '', STEPGATE_SMTP_URL_FILE: directory }
    expect(mistakesOf(withoutMail)).toEqual([expect.stringMatching(/^STEPGATE_SMTP_URL_FILE .*it is a folder/)])
  })

  it('is blamed by its own variable for what contradicts other settings', () => {
    const environment = { STEPGATE_TWILIO_AUTH_TOKEN_FILE: file('token', 'hunter2-canary') }
    expect(settingsAtFault(environment)).toEqual(['STEPGATE_TWILIO_ACCOUNT_SID'])
    const keys = file('keys-twice', `${KEY},${KEY}`)
    expect(settingsAtFault({ STEPGATE_KEYS_FILE: keys })).toEqual(['STEPGATE_KEYS_FILE'])
  })

  it.each(SECRETS)('is possible for %s, and its mistakes never quote it', (name) => {
    const variable = `${name}_FILE`
    const canary = 'hunter2-canary\u0000'
    const wrong = [
      { [variable]: file('wrong', canary) },
      { [variable]: canary },
      { [variable]: directory },
      { [variable]: join(directory, 'nothing') },
      { [variable]: file('right', 'text'), [name]: 'text' },
    ]
    for (const environment of wrong) {
      expect(settingsAtFault(environment)).toContain(variable)
      expect(mistakesOf(environment).join()).not.toMatch(/canary/)
    }
  })

  it('is possible for everything that is secret', () => {
    expect(SECRETS).toEqual([
      'MONGODB_URI',
      'STEPGATE_KEYS',
      'STEPGATE_SMTP_URL',
      'STEPGATE_VAPID_PRIVATE_KEY',
      'STEPGATE_TWILIO_AUTH_TOKEN',
    ])
  })

  it('is only possible for secrets', () => {
    expect(settingsAtFault({ STEPGATE_PUBLIC_URL_FILE: file('url', 'http://localhost') })).toEqual([
      'STEPGATE_PUBLIC_URL_FILE',
    ])
  })
})

describe('production', () => {
  it('starts with a public URL, a mail server, a store and keys', () => {
    const config = readConfig(PRODUCTION)
    expect(config).toMatchObject({ production: true, server: { introspection: false }, mail: { outbox: false } })
    expect(config.keys).toEqual([{ id: 'k1', secret: Buffer.alloc(32, 7) }])
  })

  it('starts without configured keys on the embedded store, where one process has its own', () => {
    expect(mistakesOf({ ...PRODUCTION, MONGODB_URI: '', STEPGATE_KEYS: '' })).toEqual([])
  })

  it.each([
    ['no keys', 'STEPGATE_KEYS', ''],
    ['no public URL', 'STEPGATE_PUBLIC_URL', ''],
    ['a plain http public URL', 'STEPGATE_PUBLIC_URL', 'http://localhost:4000'],
    ['no mail server', 'STEPGATE_SMTP_URL', ''],
    ['the development outbox', 'STEPGATE_DEV_OUTBOX', 'on'],
    ['introspection', 'STEPGATE_INTROSPECTION', 'on'],
    ['a plain http origin', 'STEPGATE_ALLOWED_ORIGINS', 'http://app.example.com'],
  ])('refuses to start with %s', (_, setting, value) => {
    expect(settingsAtFault({ ...PRODUCTION, [setting]: value })).toEqual([setting])
  })
})

describe('mistakes', () => {
  it('are reported all at once, including unknown settings', () => {
    const wrong = {
      PORT: '70000',
      STEPGATE_ALLOWED_ORIGINS: '*',
      STEPGATE_MFA_POLICY: 'required',
      STEPGATE_KEYS: 'k1:c2hvcnQ=',
      STEPGATE_ALLOWED_ORIGIN: 'https://app.example.com',
    }
    expect(settingsAtFault(wrong).sort()).toEqual(Object.keys(wrong).sort())
  })

  it('in one value do not hide a missing one', () => {
    const wrong = { NODE_ENV: 'production', STEPGATE_KEYS: 'short', MONGODB_URI: 'mongodb://db' }
    expect(settingsAtFault(wrong).sort()).toEqual(['STEPGATE_KEYS', 'STEPGATE_PUBLIC_URL', 'STEPGATE_SMTP_URL'])
  })

  it('never quote a value', () => {
    const wrong = {
      STEPGATE_KEYS: 'canary-1:canary-2',
      STEPGATE_SMTP_URL: 'ftp://canary-3:canary-4@mail',
      MONGODB_URI: 'canary-5',
      STEPGATE_MAIL_FROM: 'canary-6',
      STEPGATE_PUBLIC_URL: 'https://canary-7:canary-8@auth.example.com/canary-9',
      STEPGATE_LOG_LEVEL: 'canary-10',
    }
    expect(settingsAtFault(wrong)).toHaveLength(6)
    expect(mistakesOf(wrong).join()).not.toMatch(/canary/)
    expect(mistakesOf({ STEPGATE_PUBLIC_URL: wrong.STEPGATE_PUBLIC_URL }).join()).not.toMatch(/canary/)
  })

  it.each([
    ['STEPGATE_ALLOWED_ORIGINS', 'null'],
    ['STEPGATE_ALLOWED_ORIGINS', 'https://*.example.com/'],
    ['STEPGATE_TRUSTED_PROXIES', 'true'],
    ['STEPGATE_TRUSTED_PROXIES', '0.0.0.0/0'],
    ['STEPGATE_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['STEPGATE_PUBLIC_URL', 'http://auth.example.com'],
    ['STEPGATE_PUBLIC_URL', 'https://auth.example.com/path'],
    ['STEPGATE_ACCESS_TOKEN_LIFETIME', '301'],
    ['STEPGATE_REMEMBERED_DEVICE_DAYS', '366'],
    ['STEPGATE_TOTP_PAST_STEPS', '2'],
    ['STEPGATE_TOTP_STEPS_AHEAD', '2'],
    ['STEPGATE_TOTP_MAX_DRIFT', '3'],
    ['STEPGATE_STEP_UP_LIMIT', '10'],
    ['STEPGATE_ARGON2_MEMORY', '1024'],
    ['STEPGATE_SESSION_IDLE', '1e3'],
    ['STEPGATE_SESSION_ABSOLUTE', '120'],
    ['STEPGATE_SMTP_URL', 'http://mail'],
    ['STEPGATE_SERVICE_NAME', 'a\r\nb'],
    ['STEPGATE_ADMINISTRATORS', 'ada@example.com,nobody'],
    ['NODE_ENV', 'prod'],
  ])('%s refuses %j', (setting, value) => {
    expect(mistakesOf({ [setting]: value })).toHaveLength(1)
  })

  it('refuses two keys with one id', () => {
    expect(settingsAtFault({ STEPGATE_KEYS: `${KEY},${KEY}` })).toEqual(['STEPGATE_KEYS'])
  })

  it('refuses to discard mail', () => {
    expect(settingsAtFault({ STEPGATE_DEV_OUTBOX: 'off' })).toEqual(['STEPGATE_SMTP_URL'])
  })
})

describe('lists', () => {
  it('are separated by commas, spaces allowed', () => {
    const config = readConfig({
      STEPGATE_ALLOWED_ORIGINS: 'https://a.example.com, https://b.example.com:8443',
      STEPGATE_TRUSTED_PROXIES: 'loopback,10.0.0.0/8,fd00::/8',
      STEPGATE_ADMINISTRATORS: 'Ada@Example.com',
    })
    expect(config.server.allowedOrigins).toEqual(['https://a.example.com', 'https://b.example.com:8443'])
    expect(config.server.trustedProxies).toEqual(['loopback', '10.0.0.0/8', 'fd00::/8'])
    expect(config.administrators).toEqual(['ada@example.com'])
  })
})

it('accepts shorter passwords where a second factor is required', () => {
  expect(readConfig({ STEPGATE_MFA_POLICY: 'REQUIRED' }).passwords.minLength).toBe(8)
})
