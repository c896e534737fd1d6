import type { IncomingMessage } from 'node:http'
import { clientAddressOf } from '../../src/http/client-address.js'

const PROXY = '10.0.0.1'
const BOTH = ['x-forwarded-for', 'forwarded']

/** The client's address when these headers arrive from a proxy; every address in 10.0.0.0/8 is a trusted one. */
const clientIn = (headers: IncomingMessage['headers'], allowed = BOTH, peer = PROXY): string =>
  clientAddressOf({ headers, socket: { remoteAddress: peer } } as IncomingMessage, {
    trusts: (address) => address.startsWith('10.'),
    headers: allowed,
  })

const via = (value: string): string => clientIn({ 'x-forwarded-for': value })

describe('the address of a client behind proxies', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:52044', '203.0.113.7'],
    [' 203.0.113.7 : 52044 ', PROXY],
    ['"203.0.113.7"', '203.0.113.7'],
    ['"203.0.113.7:52044"', '203.0.113.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['"[2001:db8::1]:443"', '2001:db8::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
    ['for=203.0.113.7', '203.0.113.7'],
    ['198.51.100.9, 203.0.113.7:52044', '203.0.113.7'],
    ['203.0.113.7:52044,10.0.0.2:8080', '203.0.113.7'],
    ['203.0.113.7 ,\t10.0.0.2', '203.0.113.7'],
  ])('reads %j in X-Forwarded-For as %s', (value, address) => {
    expect(via(value)).toBe(address)
  })

  it.each([
    ['for=203.0.113.7', '203.0.113.7'],
    ['For="203.0.113.7:4711";proto=https;by=10.0.0.1', '203.0.113.7'],
    ['proto=https; for="[2001:db8:cafe::17]:4711"', '2001:db8:cafe::17'],
    ['for="203.0.113.7:_port"', '203.0.113.7'],
    ['for=198.51.100.9, for=203.0.113.7, for=10.0.0.2', '203.0.113.7'],
  ])('reads %j in Forwarded as %s', (value, address) => {
    expect(clientIn({ forwarded: value })).toBe(address)
  })

  it.each([
    'unknown',
    '_hidden',
    'for=unknown',
    'proto=https',
    '',
    '999.1.1.1:80',
    '[203.0.113.7',
    '203.0.113.7:',
    'x',
  ])('is that of the proxy that forwards %j', (value) => {
    expect(via(value)).toBe(PROXY)
  })

  it('is that of the last proxy with an address when a hop before it has none', () => {
    expect(via('203.0.113.7, unknown, 10.0.0.2')).toBe('10.0.0.2')
  })

  it('never comes from a quote that the client leaves open', () => {
    expect(via('", 203.0.113.7:52044')).toBe('203.0.113.7')
    expect(clientIn({ forwarded: 'for="198.51.100.9, for=203.0.113.7' })).toBe('203.0.113.7')
  })

  it('never comes from a peer that is not trusted', () => {
    expect(clientIn({ 'x-forwarded-for': '198.51.100.9' }, BOTH, '203.0.113.7')).toBe('203.0.113.7')
  })

  it('comes from the first listed header that the request has, and from no other', () => {
    const both = { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=198.51.100.9' }
    expect(clientIn(both)).toBe('203.0.113.7')
    expect(clientIn(both, ['forwarded'])).toBe('198.51.100.9')
    expect(clientIn({ forwarded: 'for=198.51.100.9' }, ['x-forwarded-for'])).toBe(PROXY)
  })
})
