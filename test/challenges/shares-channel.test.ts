import { sharesChannel } from '../../src/challenges/begin-enrollment.js'
import type { Factor, FactorKind } from '../../src/factors/index.js'
import { newId, type FactorId } from '../../src/kernel/ids.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { factorOf, NOW } from '../factors/world.js'

const kind: FactorKind = {
  type: 'SMS',
  defaultName: 'Phone',
  challengeSeconds: 600,
  begin: async () => ({ kind: 'bad-input', field: 'phoneNumber' }),
  judge: async () => ({ kind: 'wrong' }),
  channelOf: ({ material }) => (typeof material['number'] === 'string' ? material['number'] : null),
}
const reached = (number: string | null, over: Partial<Factor> = {}): Factor => ({
  ...factorOf(kind, newId<FactorId>(), { number }),
  ...over,
})
const among = (...factors: readonly Factor[]) => ({
  factorRecords: Object.fromEntries(factors.map((factor) => [factor.id, factor])),
})
const waiting = reached('+15550100', { status: 'PENDING' })

describe('two factors with the same channel', () => {
  it('count as one', () => {
    expect(sharesChannel(kind, waiting, among(reached('+15550100')), null)).toBe(true)
    expect(sharesChannel(kind, waiting, among(reached('+15550199'), reached('+15550100')), null)).toBe(true)
  })

  it.each([
    ['another channel', reached('+15550199')],
    ['no channel to compare', reached(null)],
    ['another kind with the same name for it', reached('+15550100', { type: 'PUSH' })],
    ['one that is disabled', reached('+15550100', { status: 'DISABLED' })],
    ['one that has expired', reached('+15550100', { expiresAt: NOW })],
  ])('count as two beside %s', (_, other) => {
    expect(sharesChannel(kind, waiting, among(other), null)).toBe(false)
  })

  it('count as one until the other has expired', () => {
    const other = reached('+15550100', { expiresAt: secondsAfter(NOW, 1) })
    expect(sharesChannel(kind, waiting, among(other), null)).toBe(true)
  })

  it('are allowed when the new one replaces the other, and only that one', () => {
    const [old, other] = [reached('+15550100'), reached('+15550100')]
    expect(sharesChannel(kind, waiting, among(old), old.id)).toBe(false)
    expect(sharesChannel(kind, waiting, among(old, other), old.id)).toBe(true)
  })

  it('are not recognised for kinds without channels', () => {
    const { channelOf: _, ...without } = kind
    expect(sharesChannel(without, waiting, among(reached('+15550100')), null)).toBe(false)
  })

  it("are not recognised when the new one's channel is unknown", () => {
    expect(sharesChannel(kind, reached(null), among(reached(null)), null)).toBe(false)
  })
})
