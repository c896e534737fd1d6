import { openRepositories } from '../../src/store/index.js'
import type { CountedTally, TallyStore } from '../../src/risk/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { ownStore, type OwnStore } from '../support/own-store.js'
import { STORES } from '../support/stores.js'
import { OPEN_RULES } from '../support/mfa-rules.js'

// Far ahead of any real clock, so that no cleanup runs here.
const NOW = new Date('2100-03-01T09:00:00.000Z')
const TIMES = { now: NOW, expiresAt: secondsAfter(NOW, 3600) }
const tally = { kind: 'population', period: 1585, shard: 3 }

describe.each(STORES)('shared counts in the %s store', (kind) => {
  let own: OwnStore
  let tallies: TallyStore

  beforeEach(async () => {
    own = await ownStore(kind)
    tallies = openRepositories(own.store, async () => OPEN_RULES).tallyStore
    await own.store.prepare()
  })
  afterEach(async () => {
    await own.discard()
  })

  const changedSince = async (at: Date, period = 0): Promise<readonly CountedTally[]> =>
    tallies.changed('population', { period, at })

  it('adds up, for any number of parallel callers', async () => {
    const counts = new Map([
      ['all', 1],
      ['k1z', 2],
    ])
    await Promise.all(Array.from({ length: 50 }, () => tallies.add(tally, counts, TIMES)))
    expect(await changedSince(NOW)).toEqual([{ ...tally, counts: { all: 50, k1z: 100 } }])
  })

  it('keeps kinds, periods and shards apart', async () => {
    const one = new Map([['k1', 1]])
    for (const over of [{}, { kind: 'promptBudget' }, { period: 1586 }, { shard: 4 }])
      await tallies.add({ ...tally, ...over }, one, TIMES)
    const found = await changedSince(NOW)
    expect(found.map(({ period, shard }) => `${period}/${shard}`).sort()).toEqual(['1585/3', '1585/4', '1586/3'])
    expect(await changedSince(NOW, 1586)).toEqual([{ ...tally, period: 1586, counts: { k1: 1 } }])
  })

  it('returns what changed since a time, and an older clock does not revert that', async () => {
    const later = secondsAfter(NOW, 60)
    await tallies.add(tally, new Map([['k1', 1]]), { ...TIMES, now: later })
    await tallies.add(tally, new Map([['k1', 1]]), TIMES)
    await tallies.add({ ...tally, shard: 5 }, new Map([['k1', 1]]), TIMES)
    expect(await changedSince(later)).toEqual([{ ...tally, counts: { k1: 2 } }])
    expect(await changedSince(secondsAfter(later, 1))).toEqual([])
  })
})
