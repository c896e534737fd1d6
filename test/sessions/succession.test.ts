import { secondsAfter } from '../../src/kernel/clock.js'
import type { SessionId } from '../../src/kernel/ids.js'
import type { Session } from '../../src/sessions/session.js'
import {
  endingWith,
  familyOf,
  isShown,
  sessionsToRetire,
  stateOfSession,
  supersede,
  type Sessions,
} from '../../src/sessions/succession.js'

const NOW = new Date('2030-01-01T12:00:00Z')
const at = (seconds: number) => secondsAfter(NOW, seconds)
const TIMES = { supersededSeconds: 600, inFlightSeconds: 10 }

const [OLD, NEW, OTHER, NEXT] = ['old', 'new', 'other', 'next'] as SessionId[] as [
  SessionId,
  SessionId,
  SessionId,
  SessionId,
]

interface Place {
  readonly replaces?: SessionId
  readonly supersededAt?: Date
  readonly presentedAt?: Date
  readonly provedAt?: Date
}
const sessionsOf = (places: Readonly<Record<string, Place>>): Sessions =>
  Object.fromEntries(
    Object.entries(places).map(([id, { provedAt = NOW, ...place }]) => [
      id,
      { id, signInId: OLD, provedFrom: { provedAt }, ...place } as unknown as Session,
    ]),
  )
const stateOf = (sessions: Sessions, seconds: number) => stateOfSession(sessions, sessions[OLD]!, TIMES, at(seconds))

const unpresented = sessionsOf({ [OLD]: { supersededAt: NOW }, [NEW]: { replaces: OLD } })
const presented = sessionsOf({ [OLD]: { supersededAt: NOW }, [NEW]: { replaces: OLD, presentedAt: at(1) } })

describe('a session and its successors', () => {
  it('is valid until its successor is presented, for a limited time', () => {
    expect(stateOf(sessionsOf({ [OLD]: {} }), 0)).toBe('in-force')
    expect([0, 600, 601].map((seconds) => stateOf(unpresented, seconds))).toEqual([
      'superseded',
      'superseded',
      'lapsed',
    ])
    expect([10, 11].map((seconds) => stateOf(presented, seconds))).toEqual(['late', 'reused'])
  })

  it('is over when its successor is gone', () => {
    expect(stateOf(sessionsOf({ [OLD]: { supersededAt: NOW } }), 0)).toBe('lapsed')
  })

  it('never works again once it is retired, whatever becomes of the successor that was presented', () => {
    const left = { ...unpresented, [OLD]: { ...unpresented[OLD]!, isRetired: true } }
    expect(stateOf(left, 0)).toBe('lapsed')
  })

  it('is retired when its successor was presented, once', () => {
    expect(sessionsToRetire(unpresented)).toEqual([])
    expect(sessionsToRetire(presented).map(({ id }) => id)).toEqual([OLD])
    expect(sessionsToRetire({ ...presented, [OLD]: { ...presented[OLD]!, isRetired: true } })).toEqual([])
  })

  it('is judged by the successor that was presented, not by a repeated answer', () => {
    const again = sessionsOf({
      [OLD]: { supersededAt: NOW },
      [NEW]: { replaces: OLD, presentedAt: at(1) },
      [OTHER]: { replaces: OLD, provedAt: at(-100) },
    })
    expect(stateOf(again, 10)).toBe('late')
  })

  it('lives no longer with a second successor', () => {
    expect(supersede(unpresented, unpresented[OLD]!, at(300))).toMatchObject({
      at: NOW,
      before: NOW,
      unpresented: [NEW],
    })
    const first = sessionsOf({ [OLD]: {} })
    expect(supersede(first, first[OLD]!, at(300))).toMatchObject({ at: at(300), before: null, drop: [] })
    expect(supersede(presented, presented[NEW]!, at(300)).drop).toEqual([OLD])
  })

  it('ends with its predecessor and with unpresented successors', () => {
    expect(endingWith(unpresented, OLD)).toEqual([OLD, NEW])
    expect([...endingWith(presented, NEW)].toSorted()).toEqual([NEW, OLD])
    expect(endingWith(presented, OLD)).toEqual([OLD])
  })

  it('belongs to one family with everything that came from it', () => {
    const line = sessionsOf({
      [OLD]: { supersededAt: NOW },
      [NEW]: { replaces: OLD, presentedAt: at(1), supersededAt: at(2) },
      [NEXT]: { replaces: NEW, presentedAt: at(3) },
      [OTHER]: {},
    })
    expect([...familyOf(line, OLD)].toSorted()).toEqual([NEW, NEXT, OLD])
  })

  it('is shown once', () => {
    const shown = (sessions: Sessions) =>
      Object.values(sessions).flatMap((each) => (isShown(sessions, each) ? each.id : []))
    expect(shown(unpresented)).toEqual([OLD])
    expect(shown(presented)).toEqual([NEW])
  })
})
