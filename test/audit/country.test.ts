import type { GeoLookup } from '../../src/networks/index.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { registered, signIn } from '../support/person.js'
import { storedIn } from '../support/stored.js'

const NETHERLANDS = { country: 'NL', latitude: 52.1, longitude: 5.3, radiusKm: 100 }
const geo: GeoLookup = {
  locate: (address) =>
    address === '198.51.101.7' ? { kind: 'place', place: NETHERLANDS } : { kind: 'gap', gap: 'not-found' },
  warmUp: async () => undefined,
}

describe.each(STORES)('the country of an audit event, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, geo, env: { STEPGATE_TRUSTED_PROXIES: 'loopback' } })

  it.each([
    ['is where its address is', '198.51.101.7', 'NL'],
    ['is null where nobody knows', '198.51.101.8', null],
    ['is null for an address that is not public', '10.0.0.1', null],
  ])('%s', async (_what, address, country) => {
    const email = await registered(gateway)
    await signIn(gateway, email, { headers: { 'x-forwarded-for': address } })
    const events = await storedIn(gateway, 'auditEvents')
    const last = events.toSorted((a, b) => Number(a['sequence']) - Number(b['sequence'])).at(-1)
    expect(last?.['context']).toMatchObject({ ip: address, country })
  })
})
