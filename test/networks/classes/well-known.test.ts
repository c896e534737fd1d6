import { silentLogger } from '../../../src/kernel/logger.js'
import { asnData } from '../../../src/networks/index.js'
import { readAsnRanges } from '../../../src/networks/asn/asn-source.js'
import { classOfNetwork } from '../../../src/networks/classes/class-of-network.js'
import { WELL_KNOWN_NETWORKS } from '../../../src/networks/classes/well-known.js'

describe('well-known networks', () => {
  it('have the same names in the ASN data as here', () => {
    const names = new Map<number, string>()
    for (const { asn, name } of readAsnRanges()) names.set(asn, name)
    const strangers = WELL_KNOWN_NETWORKS.filter(
      ({ asn, name }) => !names.get(asn)?.toLowerCase().includes(name.toLowerCase()),
    )
    expect(strangers).toEqual([])
    expect(names.size).toBeGreaterThan(80_000)
  })

  it('are many, and each has one class', () => {
    expect(WELL_KNOWN_NETWORKS.length).toBeGreaterThan(150)
    expect(new Set(WELL_KNOWN_NETWORKS.map(({ asn }) => asn)).size).toBe(WELL_KNOWN_NETWORKS.length)
  })

  it('are found by address in the data that comes with the source', async () => {
    const asn = asnData(silentLogger, null)
    await asn.warmUp()
    expect(asn.lookup('1.1.1.1')).toEqual({ kind: 'found', asn: 13335, class: 'relay' })
    expect(asn.lookup('::ffff:5.9.0.1')).toEqual({ kind: 'found', asn: 24940, class: 'hosting' })
    expect(asn.lookup('2a01:4f8::1')).toEqual({ kind: 'found', asn: 24940, class: 'hosting' })
    expect(asn.lookup('133.11.0.1')).toMatchObject({ kind: 'found', class: null })
    expect(asn.lookup('10.0.0.1')).toEqual({ kind: 'gap', gap: 'not-found' })
  })
})

describe('networks by their names', () => {
  it.each([
    ['Mondoze Data Centre', 'hosting'],
    ['BisectHosting', 'hosting'],
    ['MIRhosting B.V.', 'hosting'],
    ['Servers Australia Pty. Ltd', 'hosting'],
    ['SpeedVPS Ltd', 'hosting'],
    ['Corporate Colocation Inc.', 'hosting'],
    ['BBDO-COLO - BBDO NY', 'hosting'],
    ['FOXCLOUD LLP', 'hosting'],
    ['Castle VPN', 'vpn'],
    ['VPN INFRAESTRUTURA DE REDES LTDA.', null],
    ['Comcast Cable Communications, LLC', null],
    ['Universidad Nacional de Colombia', null],
    ['Cloud 9 Wireless LLC', null],
    ['CLOUD TELECOM SAS', null],
    ['Eurofiber Cloud Infra B.V.', null],
    ['GHOST Telecom', null],
    ['Deutsche Telekom AG', null],
    ['Observer Media', null],
    ['', null],
    ['h'.repeat(100_000), null],
  ])('puts %j into the class %s', (name, expected) => {
    expect(classOfNetwork(64500, name)).toBe(expected)
  })
})
