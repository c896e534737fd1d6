import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, type Logger } from '../../../src/kernel/logger.js'
import { NetworkClassesError, openNetworkClasses } from '../../../src/networks/index.js'
import { readNetworkClasses } from '../../../src/networks/classes/read-network-classes.js'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stepgate-networks-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const fileOf = async (text: string): Promise<string> => {
  const path = join(directory, 'networks.txt')
  await writeFile(path, text)
  return path
}

const opened = async (text: string, logger: Logger = silentLogger) => openNetworkClasses(logger, await fileOf(text))

const TEXT = `\uFEFF# ours
AS64500 vpn        # the office
as16509 none\r
203.0.113.0/24 hosting
203.0.113.64/26\ttor
203.0.113.65 none
2001:db8::/32 relay

::ffff:198.51.100.0/120 vpn
`

describe('an operator’s classes of networks', () => {
  it.each([
    ['203.0.113.1', null, 'hosting'],
    ['203.0.113.64', null, 'tor'],
    ['::ffff:203.0.113.64', null, 'tor'],
    ['203.0.113.65', { asn: 64500, class: 'hosting' }, null],
    ['203.0.114.1', null, null],
    ['203.0.114.1', { asn: 64500, class: null }, 'vpn'],
    ['203.0.114.1', { asn: 16509, class: 'hosting' }, null],
    ['203.0.114.1', { asn: 14061, class: 'hosting' }, 'hosting'],
    ['2001:db8:1::1', { asn: 14061, class: 'hosting' }, 'relay'],
    ['198.51.100.9', null, 'vpn'],
    ['nonsense', { asn: 14061, class: 'hosting' }, 'hosting'],
    ['nonsense', null, null],
  ] as const)('apply from the address to its system to the built-in list: %s', async (address, found, expected) => {
    expect((await opened(TEXT)).classOf(address, found)).toBe(expected)
  })

  it('are optional', async () => {
    const networks = await openNetworkClasses(silentLogger, null)
    expect(networks.classOf('203.0.113.1', { asn: 1, class: 'tor' })).toBe('tor')
    await networks.reload()
  })

  it('report every mistake with its line', () => {
    const text = ['AS0 vpn', 'AS1', 'AS4294967296 tor', '10.0.0.0/33 tor', '10.0.0.0/8 Tor', '::1/129 tor', '# fine']
    const more = ['1.2.3.4 vpn', '1.2.3.4 hosting', '1.2.3.4/32 vpn', 'AS7 vpn x', '64500 vpn', 'x'.repeat(1_000_000)]
    let mistakes: NetworkClassesError['mistakes'] = []
    try {
      readNetworkClasses([...text, ...more].join('\n'))
    } catch (error) {
      if (error instanceof NetworkClassesError) mistakes = error.mistakes
    }
    expect(mistakes.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 9, 11, 12, 13])
  })

  it('stop the start when there is a mistake or no file', async () => {
    await expect(opened('AS1 friendly')).rejects.toThrow(/line 1 must name one of the classes hosting, vpn, tor, relay/)
    await expect(openNetworkClasses(silentLogger, join(directory, 'nowhere'))).rejects.toThrow('nowhere')
  })

  it('are reloaded, and stay unchanged when the new file has a mistake', async () => {
    const errors: object[] = []
    const networks = await opened('203.0.113.0/24 vpn', {
      ...silentLogger,
      error: (fields) => void errors.push(fields),
    })
    await fileOf('203.0.113.0/24 tor')
    await networks.reload()
    expect(networks.classOf('203.0.113.1', null)).toBe('tor')
    await fileOf('203.0.113.0/24 nonsense')
    await networks.reload()
    expect(networks.classOf('203.0.113.1', null)).toBe('tor')
    expect(errors).toMatchObject([{ mistakes: [{ line: 1 }] }])
  })

  it('are found among very many', () => {
    const lines = Array.from({ length: 50_000 }, (_, index) =>
      `10.${index >> 8}.${index & 255}.0/24 tor`.replace('10.', '10.'),
    )
    const valid = lines.filter((line) => !/10\.(2[5-9][6-9]|[3-9]\d\d)/.test(line)).slice(0, 50_000)
    expect(readNetworkClasses(valid.join('\n')).prefixes).toHaveLength(valid.length)
  })
})
