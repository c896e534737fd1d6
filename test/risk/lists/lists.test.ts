import { movableClock } from '../../../src/kernel/clock.js'
import { silentLogger } from '../../../src/kernel/logger.js'
import type { AccountId } from '../../../src/kernel/ids.js'
import { createLists, type ListEntry } from '../../../src/risk/index.js'

const NOW = new Date('2100-03-01T09:00:00.000Z')
const FROM = { address: '203.0.113.7', asn: null, country: null, deviceId: null }
const BLOCKED: ListEntry = {
  id: 'E'.repeat(22),
  kind: 'ADDRESS',
  value: '203.0.113.7',
  verdict: 'BLOCK',
  note: null,
  createdAt: NOW,
  createdBy: 'A'.repeat(22) as AccountId,
  expiresAt: null,
}

function world() {
  const clock = movableClock(NOW)
  const messages: string[] = []
  const note = (_: object, message: string) => void messages.push(message)
  const stored = { entries: [] as ListEntry[], revision: 0, isDown: false, reads: 0 }
  const store = {
    revision: async () => {
      if (stored.isDown) throw new Error('down')
      return stored.revision
    },
    all: async () => {
      stored.reads += 1
      return [...stored.entries]
    },
  }
  const lists = createLists({ store, clock, logger: { ...silentLogger, info: note, warn: note } })
  return { lists, clock, stored, messages }
}

describe('the copy of the lists in memory', () => {
  it('is empty and of no age before it is made', async () => {
    const { lists } = world()
    expect(lists.judge(FROM).verdict).toBe('none')
    expect(lists.ageSeconds()).toBeNull()
  })

  it('is made anew when it is asked to be', async () => {
    const { lists, stored, clock } = world()
    await lists.refresh()
    stored.entries.push(BLOCKED)
    expect(lists.judge(FROM).verdict).toBe('none')
    await lists.refresh()
    expect(lists.judge(FROM)).toEqual({ verdict: 'blocked', entry: BLOCKED })
    clock.advance(7)
    expect(lists.ageSeconds()).toBe(7)
  })

  it('stays when the store does not answer, and says so once', async () => {
    const { lists, stored, clock, messages } = world()
    stored.entries.push(BLOCKED)
    await lists.refresh()
    stored.isDown = true
    clock.advance(60)
    await lists.refresh()
    await lists.refresh()
    expect(lists.judge(FROM).verdict).toBe('blocked')
    expect(lists.ageSeconds()).toBe(60)
    expect(messages).toHaveLength(1)
    stored.isDown = false
    await lists.refresh()
    expect(lists.ageSeconds()).toBe(0)
    expect(messages).toHaveLength(2)
  })

  it('lets an entry go when its time is over, without asking the store', async () => {
    const { lists, stored, clock } = world()
    stored.entries.push({ ...BLOCKED, expiresAt: new Date(NOW.getTime() + 1000) })
    await lists.refresh()
    expect(lists.judge(FROM).verdict).toBe('blocked')
    clock.advance(1)
    expect(lists.judge(FROM).verdict).toBe('none')
    expect(stored.reads).toBe(1)
  })

  it('follows the store by itself, and reads the entries only when they may have changed', async () => {
    import.meta.jest.useFakeTimers()
    try {
      const { lists, stored } = world()
      await lists.start(5)
      await import.meta.jest.advanceTimersByTimeAsync(30_000)
      expect(stored.reads).toBe(1)
      stored.entries.push(BLOCKED)
      stored.revision = 1
      await import.meta.jest.advanceTimersByTimeAsync(5_000)
      expect(lists.judge(FROM).verdict).toBe('blocked')
      // Whatever the revision says, once a minute.
      stored.entries.pop()
      await import.meta.jest.advanceTimersByTimeAsync(60_000)
      expect(lists.judge(FROM).verdict).toBe('none')
      await lists.close()
      const { reads } = stored
      await import.meta.jest.advanceTimersByTimeAsync(600_000)
      expect(stored.reads).toBe(reads)
    } finally {
      import.meta.jest.useRealTimers()
    }
  })
})
