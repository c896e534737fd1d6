import { newId, type FactorId } from '../../src/kernel/ids.js'
import { sameEffect, sameKind, type StepUpKind } from '../../src/sessions/step-up-room.js'

const [app, passkey] = [newId<FactorId>(), newId<FactorId>()]
const kind = (change: Partial<StepUpKind> = {}): StepUpKind => ({
  operationHash: 'h',
  forOperationOnly: false,
  factorIds: [app],
  grantRevision: 3,
  ...change,
})

describe('an mfaToken is returned again', () => {
  it('to the same operation, for the same factors in any order', () => {
    const both = kind({ factorIds: [app, passkey] })
    expect(sameKind(both, kind({ factorIds: [passkey, app] }))).toBe(true)
  })

  it('to another operation that the same proof satisfies', () => {
    const other = kind({ operationHash: 'other' })
    expect([sameKind(kind(), other), sameEffect(kind(), other)]).toEqual([false, true])
    const forOne = { forOperationOnly: true }
    expect(sameEffect(kind(forOne), { ...other, ...forOne })).toBe(false)
  })

  it.each<[string, Partial<StepUpKind>]>([
    ['a factor that came since', { factorIds: [app, passkey] }],
    ['a factor that replaced another', { factorIds: [passkey] }],
    ['trust that was revoked since', { grantRevision: 4 }],
    ['trust that was revoked before the count began', { grantRevision: null }],
  ])('but not after %s', (_, change) => {
    for (const [older, newer] of [
      [kind(), kind(change)],
      [kind(change), kind()],
    ] as const) {
      expect([sameKind(older, newer), sameEffect(older, newer)]).toEqual([false, false])
    }
  })
})
