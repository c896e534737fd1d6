import fc from 'fast-check'
import { secondsAfter } from '../../../src/kernel/clock.js'
import type { AccountId, DeviceId } from '../../../src/kernel/ids.js'
import {
  addressSubject,
  asnSubject,
  countrySubject,
  deviceSubject,
  judgeLists,
  listEntryId,
  networksAround,
  type ListedFrom,
  type ListEntry,
  type ListSubject,
  type ListVerdict,
} from '../../../src/risk/index.js'

const NOW = new Date('2100-03-01T09:00:00.000Z')
const DEVICE = 'D'.repeat(22) as DeviceId

function addressed(text: string): ListSubject {
  const found = addressSubject(text)
  if (found.kind !== 'subject') throw new Error(found.kind)
  return found.subject
}

function entry(subject: ListSubject | null, verdict: ListVerdict, expiresAt: Date | null = null): ListEntry {
  if (subject === null) throw new Error('no subject')
  const id = listEntryId({ ...subject, verdict })
  return { id, ...subject, verdict, note: null, createdAt: NOW, createdBy: 'A'.repeat(22) as AccountId, expiresAt }
}
const block = (text: string, expiresAt: Date | null = null) => entry(addressed(text), 'BLOCK', expiresAt)
const allow = (text: string, expiresAt: Date | null = null) => entry(addressed(text), 'ALLOW', expiresAt)

const FROM: ListedFrom = { address: '203.0.113.7', asn: 64500, country: 'DE', deviceId: DEVICE }
const judge = (entries: readonly ListEntry[], from: Partial<ListedFrom> = {}) =>
  judgeLists(entries, { ...FROM, ...from }, NOW)

describe('the allow and block lists', () => {
  it('say nothing of what is not listed', () => {
    expect(judge([])).toEqual({ verdict: 'none', entry: null })
    const others = [block('203.0.114.0/24'), entry(asnSubject(1), 'BLOCK'), entry(countrySubject('FR'), 'BLOCK')]
    expect(judge(others).verdict).toBe('none')
    const all = [block('203.0.113.7'), entry(asnSubject(64500), 'BLOCK'), entry(countrySubject('DE'), 'BLOCK')]
    const nobody = { address: 'nonsense', asn: null, country: null, deviceId: null }
    expect(judge(all, nobody).verdict).toBe('none')
  })

  it.each<[string, ListEntry]>([
    ['the address', block('203.0.113.7')],
    ['its network', block('203.0.0.0/16')],
    ['its autonomous system', entry(asnSubject(64500), 'BLOCK')],
    ['its country', entry(countrySubject('de'), 'BLOCK')],
    ['the device', entry(deviceSubject(DEVICE), 'BLOCK')],
  ])('block by %s', (_, listed) => {
    expect(judge([listed])).toEqual({ verdict: 'blocked', entry: listed })
    expect(judge([listed], { address: '::ffff:203.0.113.7' }).verdict).toBe('blocked')
    expect(judge([{ ...listed, verdict: 'ALLOW' }]).verdict).toBe('allowed')
  })

  it.each<[string, ListEntry, ListEntry]>([
    ['a longer prefix over a shorter', allow('203.0.113.0/25'), block('203.0.113.0/24')],
    ['an address over its network', block('203.0.113.7'), allow('203.0.113.0/24')],
    ['a network over its system', allow('203.0.0.0/8'), entry(asnSubject(64500), 'BLOCK')],
    ['a system over a country', allow('203.0.0.0/8'), entry(countrySubject('DE'), 'BLOCK')],
    ['a block over an allow of the same network', block('203.0.113.0/24'), allow('203.0.113.0/24')],
    ['a blocked device over an allowed network', entry(deviceSubject(DEVICE), 'BLOCK'), allow('203.0.113.7')],
    ['a blocked network over an allowed device', block('203.0.0.0/8'), entry(deviceSubject(DEVICE), 'ALLOW')],
  ])('take %s, in any order', (_, wins, loses) => {
    expect(judge([wins, loses]).entry).toBe(wins)
    expect(judge([loses, wins]).entry).toBe(wins)
  })

  it('take no notice of what has expired, nor let it hide what has not', () => {
    const expired = allow('203.0.113.7', NOW)
    const wider = block('203.0.113.0/24', secondsAfter(NOW, 1))
    expect(judge([expired]).verdict).toBe('none')
    expect(judge([expired, wider]).entry).toBe(wider)
    expect(judge([block('203.0.113.7', secondsAfter(NOW, -1)), allow('203.0.113.7')]).verdict).toBe('allowed')
  })

  it('answer the same in any order of the entries', () => {
    const anyEntry = fc
      .record({ bits: fc.integer({ min: 8, max: 32 }), isBlock: fc.boolean(), isExpired: fc.boolean() })
      .map(({ bits, isBlock, isExpired }) =>
        entry(addressed(`203.0.113.7/${bits}`), isBlock ? 'BLOCK' : 'ALLOW', isExpired ? NOW : null),
      )
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 12 }), (entries) => {
        const widthOf = ({ value }: ListEntry) => Number(value.split('/')[1] ?? 32)
        const rank = (each: ListEntry) => widthOf(each) * 2 + (each.verdict === 'BLOCK' ? 1 : 0)
        const best = entries.filter(({ expiresAt }) => expiresAt === null).toSorted((a, b) => rank(b) - rank(a))[0]
        const expected = best ? (best.verdict === 'BLOCK' ? 'blocked' : 'allowed') : 'none'
        expect(judge(entries).verdict).toBe(expected)
        expect(judge(entries.toReversed()).verdict).toBe(expected)
      }),
    )
  })
})

describe('what can be listed', () => {
  it.each(['0.0.0.0/0', '::/0', '203.0.0.0/7', '2001::/15', '::ffff:0:0/96', '::ffff:0:0/103'])('is not %s', (text) => {
    expect(addressSubject(text)).toEqual({ kind: 'too-wide' })
  })

  it.each([
    ['10.9.9.9/8', '10.0.0.0/8'],
    ['2001:db8::1/16', '2001::/16'],
    ['::ffff:0:0/104', '0.0.0.0/8'],
  ])('is %s, as %s', (text, value) => {
    expect(addressed(text)).toEqual({ kind: 'ADDRESS', value })
  })

  it('is an AS number that can be, and a country that is one', () => {
    expect([1, 4294967295].map((asn) => asnSubject(asn)?.value)).toEqual(['AS1', 'AS4294967295'])
    for (const asn of [0, -1, 1.5, 4294967296, NaN, Infinity]) expect(asnSubject(asn)).toBeNull()
    expect(['de', 'UK', 'TW'].map((country) => countrySubject(country)?.value)).toEqual(['DE', 'GB', 'TW'])
    for (const country of ['', 'D', 'DEU', 'ZZ', 'XX', '{}', 'Д€']) expect(countrySubject(country)).toBeNull()
  })

  it('is known by the networks around an address', () => {
    expect(networksAround('203.0.113.7')?.slice(0, 2)).toEqual(['203.0.113.7', '203.0.113.6/31'])
    expect(networksAround('203.0.113.7')?.at(-1)).toBe('203.0.0.0/8')
    expect(networksAround('2001:db8::1')).toHaveLength(113)
    for (const text of ['203.0.113.0/24', '203.0.113', 'AS1', '']) expect(networksAround(text)).toBeNull()
  })
})
