import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { makeRoom } from '../../src/sessions/make-room.js'
import type { Session } from '../../src/sessions/session.js'

const NOW = new Date('2030-01-01T12:00:00Z')
const DEPS = {
  assurances: USUAL_ASSURANCES,
  lifetimes: { idleSeconds: 9000, absoluteSeconds: 9000, pendingSeconds: 600 },
  secretTimes: { supersededSeconds: 600, inFlightSeconds: 10 },
  maxSessions: 2,
  maxPendingSessions: 2,
} as Parameters<typeof makeRoom>[0]

const proved = { app: { factorId: 'app', type: 'TOTP', provedAt: NOW } }
const active = (id: string, seenAgo: number, proofs: object = {}): Session =>
  ({
    ...{ id, state: 'active', firstFactor: 'PASSWORD', address: '', arrivedBy: {}, proofs },
    ...{ lastSeenAt: secondsAfter(NOW, -seenAgo), endsAt: secondsAfter(NOW, 9000) },
  }) as unknown as Session
const goingFor = (newcomer: Session, ...sessions: readonly Session[]) =>
  makeRoom(DEPS, Object.fromEntries(sessions.map((each) => [each.id, each])), newcomer, NOW)

describe('room for one more session', () => {
  it('is made by the longest unused', () => {
    expect(goingFor(active('new', 0), active('used', 10), active('unused', 1000))).toEqual(['unused'])
    expect(goingFor(active('new', 0), active('unused', 1000), active('used', 10))).toEqual(['unused'])
  })

  it('is made by one with one factor first, however recently it was used', () => {
    const newcomer = active('new', 0, proved)
    expect(goingFor(newcomer, active('two', 1000, proved), active('one', 10))).toEqual(['one'])
  })
  it('is not made by one that is proved better than the new one', () => {
    const [early, late] = [active('early', 1000, proved), active('late', 10, proved)]
    expect(goingFor(active('new', 0), early, late)).toEqual([])
    expect(goingFor(active('new', 0), early, active('one', 10))).toEqual(['one'])
    expect(goingFor(active('new', 0, proved), early, late)).toEqual(['early'])
  })

  it('goes with the successor that was presented, even if another one was never used', () => {
    const old = { ...active('old', 0), supersededAt: NOW }
    const idle = { ...active('idle', 9001), replaces: old.id, presentedAt: NOW }
    const unused = { ...active('unused', 0), replaces: old.id, provedFrom: { provedAt: NOW } as Session['provedFrom'] }
    expect(goingFor(active('new', 0), old, idle, unused).toSorted()).toEqual(['idle', 'old'])
    expect(goingFor(active('new', 0), old, unused)).toEqual([])
  })
})
