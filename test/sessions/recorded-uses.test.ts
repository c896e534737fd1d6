import { secondsAfter } from '../../src/kernel/clock.js'
import type { AccountId, SessionId } from '../../src/kernel/ids.js'
import { rememberRecordedUses, type Session } from '../../src/sessions/index.js'

const NOW = new Date('2100-03-01T09:00:00.000Z')
const ID = 's1' as SessionId
const COOKIE = { sessionId: ID, generation: null }

const isKnownAfterOpening = (session: Partial<Session>, seconds = 1): boolean => {
  const uses = rememberRecordedUses()
  uses.noteOpened({ id: ID, state: 'pending', lastSeenAt: NOW, ...session } as Session)
  return uses.isKnown(COOKIE, secondsAfter(NOW, seconds))
}

describe('a process that has just opened a session', () => {
  it('reads the caller without recording a use while the session waits for its second factor', () => {
    expect(isKnownAfterOpening({})).toBe(true)
  })

  it('records a use a minute later', () => {
    expect(isKnownAfterOpening({}, 60)).toBe(false)
  })

  it('presents a session that is active, because its device has a new secret', () => {
    expect(isKnownAfterOpening({ state: 'active' })).toBe(false)
  })

  it('presents a session that replaces another one of the account', () => {
    expect(isKnownAfterOpening({ replaces: 's0' as SessionId })).toBe(false)
  })

  it('presents a session that replaces one of another account', () => {
    const replacesElsewhere = { accountId: 'a0' as AccountId, sessionId: 's0' as SessionId }
    expect(isKnownAfterOpening({ replacesElsewhere })).toBe(false)
  })
})
