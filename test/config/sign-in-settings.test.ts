import { ConfigError, newKeyText, readConfig, type Environment } from '../../src/config/index.js'

const BASE = { STEPGATE_KEYS: newKeyText() }
const PRODUCTION = {
  ...BASE,
  NODE_ENV: 'production',
  STEPGATE_PUBLIC_URL: 'https://auth.example.com',
  STEPGATE_SMTP_URL: 'smtps://mail.example.com',
}

function settingsAtFault(environment: Environment): readonly string[] {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes.map(({ setting }) => setting)
    throw error
  }
  return []
}

describe('settings of links in mails', () => {
  it('lead to pages of the gateway, unless an application has its own', () => {
    expect(readConfig(BASE).links).toMatchObject({
      magicLinks: true,
      magicLinkUrls: ['http://localhost:4000/magic-link'],
      resetUrl: 'http://localhost:4000/reset-password',
      ownPages: ['magic-link', 'reset-password', 'confirm'],
    })
    const urls = { STEPGATE_MAGIC_LINK_URLS: 'http://localhost:5173/in', STEPGATE_PASSWORD_RESET_URL: '' }
    expect(readConfig({ ...BASE, ...urls }).links).toMatchObject({
      magicLinkUrls: ['http://localhost:5173/in'],
      ownPages: ['reset-password', 'confirm'],
    })
    const reset = { STEPGATE_PASSWORD_RESET_URL: 'https://app.example.com/reset' }
    expect(readConfig({ ...BASE, ...reset }).links.ownPages).toEqual(['magic-link', 'confirm'])
    const confirm = { STEPGATE_CONFIRM_URL: 'https://app.example.com/confirm' }
    expect(readConfig({ ...BASE, ...confirm }).links.ownPages).toEqual(['magic-link', 'reset-password'])
  })

  it('turn sign-in links off, and their page with them', () => {
    expect(readConfig({ ...BASE, STEPGATE_MAGIC_LINKS: 'off' }).links).toMatchObject({
      magicLinks: false,
      ownPages: ['reset-password', 'confirm'],
    })
    expect(settingsAtFault({ ...BASE, STEPGATE_MAGIC_LINKS: 'no' })).toEqual(['STEPGATE_MAGIC_LINKS'])
  })

  it.each([
    ['STEPGATE_MAGIC_LINK_URLS', 'http://app.example.com/in'],
    ['STEPGATE_MAGIC_LINK_URLS', 'https://app.example.com/in,http://localhost:5173/in'],
    ['STEPGATE_PASSWORD_RESET_URL', 'http://app.example.com/reset'],
    ['STEPGATE_CONFIRM_URL', 'http://app.example.com/confirm'],
    ['STEPGATE_INVITATION_URL', 'http://app.example.com/join'],
    ['STEPGATE_NOT_ME_URL', 'http://app.example.com/not-me'],
  ])('never lead over plain http in production: %s=%s', (setting, value) => {
    expect(settingsAtFault({ ...PRODUCTION, [setting]: value })).toEqual([setting])
    expect(settingsAtFault({ ...BASE, [setting]: value })).toEqual([])
    expect(settingsAtFault({ ...PRODUCTION, [setting]: value.replaceAll('http:', 'https:') })).toEqual([])
  })
})
