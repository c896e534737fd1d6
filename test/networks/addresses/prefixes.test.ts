import { BlockList, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { numericAddress } from '../../../src/networks/addresses/address.js'
import { parsePrefix, type Prefix } from '../../../src/networks/addresses/prefix.js'
import { prefixMap } from '../../../src/networks/addresses/prefix-map.js'

// Only a few bits vary, so that prefixes nest and contain addresses.
const v4 = fc.nat(0xffff).map((low) => `203.0.${low >> 8}.${low & 255}`)
const v6 = fc.tuple(fc.nat(15), fc.nat(0xffff)).map(([a, b]) => `2001:db8:${a.toString(16)}::${b.toString(16)}`)
const anyCidr = fc.oneof(
  fc.tuple(v4, fc.nat(32)).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(v6, fc.nat(128)).map(([address, bits]) => `${address}/${bits}`),
)
const mapped = v4.map((address) => `::ffff:${address}`)
const anyAddress = fc.oneof(v4, v6, mapped, fc.ipV4(), fc.ipV6())
const isIn = ({ text }: Prefix, address: string): boolean => {
  const list = new BlockList()
  const [net = '', bits = text.includes(':') ? '128' : '32'] = text.split('/')
  list.addSubnet(net, Number(bits), text.includes(':') ? 'ipv6' : 'ipv4')
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  // To `node:net` an IPv4 address is also in the IPv6 network that contains all of them.
  if (isIPv6(plain) !== text.includes(':')) return false
  return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}

describe('prefixes', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7', 32],
    ['203.0.113.7/32', '203.0.113.7', 32],
    ['203.0.113.7/24', '203.0.113.0/24', 24],
    ['255.255.255.255/1', '128.0.0.0/1', 1],
    ['0.0.0.0/0', '0.0.0.0/0', 0],
    ['::ffff:203.0.113.7', '203.0.113.7', 32],
    ['::ffff:cb00:7107/120', '203.0.113.0/24', 24],
    ['::ffff:0:0/96', '0.0.0.0/0', 0],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1', 128],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1', 128],
    ['2001:db8::ffff/48', '2001:db8::/48', 48],
    ['::/0', '::/0', 0],
    ['::1', '::1', 128],
  ])('have one spelling: %s', (given, text, bits) => {
    expect(parsePrefix(given)).toMatchObject({ text, bits })
  })

  it.each([
    ...['', '/', '1.2.3', '1.2.3.4/', '1.2.3.4/33', '1.2.3.4/-1', '1.2.3.4/08', '1.2.3.4/24/24', '1.2.3.4 ', '::/129'],
    ...[
      'fe80::1%eth0',
      '01.2.3.4',
      '::ffff:1.2.3.4/95',
      '1.2.3.4/1e1',
      `1.2.3.4${' '.repeat(60)}x`,
      '1'.repeat(99_999),
    ],
  ])('are not read from %j', (text) => {
    expect(parsePrefix(text)).toBeNull()
  })

  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.oneof(anyCidr, anyAddress), (text) => {
        const prefix = parsePrefix(text)!
        expect(parsePrefix(prefix.text)).toEqual(prefix)
      }),
    )
  })

  it('contain the addresses that node:net says they do, the longest first', () => {
    fc.assert(
      fc.property(fc.array(anyCidr, { maxLength: 20 }), fc.array(anyAddress, { maxLength: 10 }), (cidrs, addresses) => {
        const prefixes = cidrs.map((cidr) => parsePrefix(cidr)!)
        const map = prefixMap(prefixes.map((prefix) => [prefix, prefix.text] as const))
        for (const address of addresses) {
          const expected = prefixes.filter((prefix) => isIn(prefix, address)).sort((a, b) => b.bits - a.bits)
          const found: string[] = []
          for (let node = map.find(numericAddress(address)!); node; node = node.parent) found.push(...node.values)
          expect([address, found]).toEqual([address, expected.map(({ text }) => text)])
        }
      }),
    )
  })
})
