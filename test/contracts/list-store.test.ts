import { NO_EVENTS } from '../../src/audit/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import type { AccountId } from '../../src/kernel/ids.js'
import type { ListEntry, ListQuery, ListStore } from '../../src/risk/index.js'
import { openRepositories } from '../../src/store/index.js'
import { ownStore, type OwnStore } from '../support/own-store.js'
import { STORES } from '../support/stores.js'
import { OPEN_RULES } from '../support/mfa-rules.js'

// Far ahead of any real clock, so that no cleanup runs here.
const NOW = new Date('2100-03-01T09:00:00.000Z')
const EVERYTHING: ListQuery = { kind: null, verdict: null, beginsWith: null, values: null, after: null, first: 100 }

const entry = (name: string, over: Partial<ListEntry> = {}): ListEntry => ({
  id: name.padEnd(22, '_'),
  kind: 'ADDRESS',
  value: `203.0.113.0/24`,
  verdict: 'BLOCK',
  note: null,
  createdAt: NOW,
  createdBy: 'A'.repeat(22) as AccountId,
  expiresAt: null,
  ...over,
})

describe.each(STORES)('the allow and block lists in the %s store', (kind) => {
  let own: OwnStore
  let lists: ListStore

  beforeEach(async () => {
    own = await ownStore(kind)
    lists = openRepositories(own.store, async () => OPEN_RULES).listStore
    await own.store.prepare()
  })
  afterEach(async () => {
    await own.discard()
  })

  const idsOf = async (query: Partial<ListQuery> = {}, now = NOW) =>
    (await lists.page({ ...EVERYTHING, ...query }, now)).map(({ id }) => id.replaceAll('_', ''))

  it('returns entries as they were stored', async () => {
    const full = entry('a', { note: 'scanner', expiresAt: secondsAfter(NOW, 60) })
    await lists.put(full, NO_EVENTS)
    await lists.put(entry('b'), NO_EVENTS)
    expect(await lists.all(NOW)).toEqual(expect.arrayContaining([full, entry('b')]))
    expect(await lists.count(NOW)).toBe(2)
    expect(await Promise.all([lists.has(full.id, NOW), lists.has('nothing', NOW)])).toEqual([true, false])
  })

  it('has one entry per id, the latest, even when another caller stores it at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => lists.put(entry('a'), NO_EVENTS)))
    await lists.put(entry('a', { note: 'again' }), NO_EVENTS)
    expect(await lists.all(NOW)).toEqual([entry('a', { note: 'again' })])
  })

  it('gives the entry to one of many that remove it', async () => {
    await lists.put(entry('a'), NO_EVENTS)
    const removed = await Promise.all(
      Array.from({ length: 8 }, () => lists.remove(entry('a').id, NOW, () => NO_EVENTS)),
    )
    expect(removed.filter((each) => each !== null)).toEqual([entry('a')])
    expect(await lists.count(NOW)).toBe(0)
  })

  it('has no expired entry in any answer', async () => {
    await lists.put(entry('a', { expiresAt: secondsAfter(NOW, 1) }), NO_EVENTS)
    const later = secondsAfter(NOW, 1)
    expect(await lists.count(NOW)).toBe(1)
    expect(await lists.count(later)).toBe(0)
    expect(await lists.all(later)).toEqual([])
    expect(await idsOf({}, later)).toEqual([])
    expect(await lists.has(entry('a').id, later)).toBe(false)
    expect(await lists.remove(entry('a').id, later, () => NO_EVENTS)).toBeNull()
  })

  it('turns pages newest first, at the same moment too', async () => {
    const at = (seconds: number) => ({ createdAt: secondsAfter(NOW, seconds) })
    for (const each of [entry('a'), entry('b', at(5)), entry('c', at(5)), entry('d', at(9))])
      await lists.put(each, NO_EVENTS)
    expect(await idsOf()).toEqual(['d', 'c', 'b', 'a'])
    const seen: string[] = []
    let after: ListQuery['after'] = null
    for (;;) {
      const [next] = await lists.page({ ...EVERYTHING, first: 1, after }, NOW)
      if (!next) break
      seen.push(next.id.replaceAll('_', ''))
      after = next
    }
    expect(seen).toEqual(['d', 'c', 'b', 'a'])
  })

  it('finds by kind, verdict, beginning and value, alone and together', async () => {
    await lists.put(entry('a', { value: '203.0.113.7' }), NO_EVENTS)
    await lists.put(entry('b', { value: '203.0.114.0/24', verdict: 'ALLOW' }), NO_EVENTS)
    await lists.put(entry('c', { value: 'AS64500', kind: 'ASN' }), NO_EVENTS)
    expect(await idsOf({ kind: 'ASN' })).toEqual(['c'])
    expect(await idsOf({ verdict: 'ALLOW' })).toEqual(['b'])
    expect(await idsOf({ beginsWith: ['203.0.11'] })).toEqual(['a', 'b'])
    expect(await idsOf({ beginsWith: ['as', 'AS'] })).toEqual(['c'])
    expect(await idsOf({ beginsWith: ['203'], verdict: 'BLOCK', kind: 'ADDRESS' })).toEqual(['a'])
    expect(await idsOf({ values: ['203.0.114.0/24', '203.0.113.7'], verdict: 'ALLOW' })).toEqual(['b'])
    expect(await idsOf({ beginsWith: ['.*'] })).toEqual([])
  })

  it('has a higher revision after every change, and the same without one', async () => {
    const revisions = [await lists.revision()]
    const change = async (what: Promise<unknown>) => {
      await what
      revisions.push(await lists.revision())
    }
    await change(lists.put(entry('a'), NO_EVENTS))
    await change(lists.put(entry('a', { note: 'again' }), NO_EVENTS))
    await change(lists.remove(entry('a').id, NOW, () => NO_EVENTS))
    expect(revisions).toEqual([0, 1, 2, 3])
    await lists.remove(entry('a').id, NOW, () => NO_EVENTS)
    expect(await lists.revision()).toBe(3)
  })
})
