import { SignInDocument } from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { CHROME, codeOf } from '../support/client.js'
import { STORES, type TestGateway } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { noticesTo, noticeTo } from '../support/notices.js'
import { PASSWORD, registered, signIn, withTotp } from '../support/person.js'
import { ADDRESS, BERLIN, geoOf } from '../risk/facts.js'
import { nameOf } from '../support/messages.js'

const TOKYO = { country: 'JP', latitude: 35.7, longitude: 139.7, radiusKm: 20 }

describe.each(STORES)('unusual sign-ins, %s store', (store) => {
  const gateway = gatewayForAll({
    store,
    env: { ...ROOMY, STEPGATE_TRUSTED_PROXIES: 'loopback' },
    geo: geoOf({ [ADDRESS.home]: BERLIN, [ADDRESS.abroad]: TOKYO }),
  })

  const at = (address: string) => ({ headers: { 'x-forwarded-for': address } })
  const from = (address: string): TestGateway => ({
    ...gateway,
    client: (options) => gateway.client({ ...at(address), ...options }),
  })
  const namesTo = async (email: string) => (await noticesTo(gateway, email)).map(nameOf)

  it('are mailed before they are finished, with their location', async () => {
    const person = await withTotp(from(ADDRESS.home))
    gateway.clock.advance(60)
    // From Berlin to Tokyo within a minute.
    const thief = await signIn(from(ADDRESS.abroad), person.email, { userAgent: CHROME, ...at(ADDRESS.abroad) })
    expect(thief.result.__typename).toBe('MfaRequired')
    const mail = await noticeTo(gateway, person.email, 'unusual-sign-in')
    expect(mail.text).toContain('Location: Japan')
    expect(await namesTo(person.email)).not.toContain('new-device')
  })

  it('are one mail when the account has no factor: the new device is not mailed as well', async () => {
    const email = await registered(gateway)
    await signIn(gateway, email, at(ADDRESS.home))
    gateway.clock.advance(60)
    await signIn(gateway, email, { userAgent: CHROME, ...at(ADDRESS.abroad) })
    await noticeTo(gateway, email, 'unusual-sign-in')
    expect(await namesTo(email)).toEqual(['unusual-sign-in'])
  })

  it('are mailed when they are blocked, too', async () => {
    const person = await withTotp(from(ADDRESS.home))
    // A copy of a device token with a wrong secret.
    const copy = person.client.copy()
    for (const [name, value] of copy.cookies) {
      if (/device/i.test(name)) copy.cookies.set(name, value.replace(/\.[^.]*$/, '.forged'))
    }
    const answer = await copy.send(SignInDocument, { input: { email: person.email, password: PASSWORD } })
    expect(codeOf(answer)).toBe('RISK_BLOCKED')
    await noticeTo(gateway, person.email, 'unusual-sign-in')
  })

  it('with a wrong password are not mailed', async () => {
    const person = await withTotp(from(ADDRESS.home))
    const input = { email: person.email, password: 'a wrong rather long passphrase' }
    expect(codeOf(await from(ADDRESS.abroad).client().send(SignInDocument, { input }))).toBe('UNAUTHENTICATED')
    expect(await namesTo(person.email)).toEqual(['factor-added'])
  })
})
