import {
  requireReEnrollment,
  resetFactors,
  unlockAccount,
  type CareForAccountDeps,
} from '../../src/admin/care-for-account.js'
import type { NewAuditEvent } from '../../src/audit/index.js'
import { movableClock } from '../../src/kernel/clock.js'
import { newId, type AccountId, type FactorId, type SessionId } from '../../src/kernel/ids.js'
import type { Notice } from '../../src/kernel/notices.js'
import type { Person } from '../../src/sessions/index.js'
import { CONTEXT, NOW } from '../factors/world.js'
import { rememberingAudit } from '../support/audit.js'
import { session } from '../policy/support.js'

const accountId = newId<AccountId>()
const operator = session({ accountId: newId() })
const input = { actor: operator, accountId, reason: 'ticket 4711', context: CONTEXT }

/** A store with one account, whose second address is removed with its factors. */
function world() {
  const told: Notice[] = []
  const recorded: NewAuditEvent[] = []
  const addresses = ['ada@example.com', 'ada@elsewhere.example']
  const deps: CareForAccountDeps = {
    clock: movableClock(NOW),
    notices: { tell: async (notice) => void told.push(notice) },
    audit: rememberingAudit(recorded),
    sessions: {
      findPerson: async (id) =>
        id === accountId
          ? ({ account: { id, language: 'de' }, noticeAddresses: [...addresses] } as unknown as Person)
          : null,
    },
    accountCare: {
      resetFactors: async (_account, _at, eventsOf) => {
        addresses.pop()
        const reset = {
          removedFactors: [newId<FactorId>()],
          lost: { endedSessions: [newId<SessionId>()], forgottenDevices: [] },
        }
        eventsOf(reset)
        return reset
      },
      requireReEnrollment: async () => true,
      unlockStepUp: async () => true,
    },
  }
  return { deps, told, recorded }
}

describe('caring for an account', () => {
  it.each([
    ['a reset', resetFactors, 'factors-reset'],
    ['a demand for a new factor', requireReEnrollment, 're-enrollment-required'],
  ] as const)('tells the person about %s after the answer, at every previous address', async (_, act, name) => {
    const { deps, told } = world()
    const outcome = await act(deps, input)
    expect(told).toEqual([])
    if (outcome.kind !== 'done') throw new Error(outcome.kind)
    await outcome.tell()
    const to = { accountId, addresses: ['ada@example.com', 'ada@elsewhere.example'], language: 'de' }
    expect(told).toMatchObject([{ name, to, takesBack: null, details: {} }])
    // The operator's location is private, and would look like an attacker's.
    expect(told[0]?.context.origin).toMatchObject({ address: '', userAgent: '' })
  })

  it('sends no notice when a lock is opened', async () => {
    const { deps, told, recorded } = world()
    const outcome = await unlockAccount(deps, input)
    if (outcome.kind === 'done') await outcome.tell()
    expect(told).toEqual([])
    expect(recorded.map(({ action }) => action)).toEqual(['admin.account_unlocked'])
  })

  it('names the account in every event, so that its history is complete', async () => {
    const { deps, recorded } = world()
    await resetFactors(deps, input)
    expect(recorded.map(({ action }) => action)).toEqual(['admin.factors_reset', 'session.revoked'])
    for (const { targets, actor } of recorded) {
      expect(targets[0]).toEqual({ id: accountId, type: 'ACCOUNT' })
      expect(actor).toEqual({ id: operator.accountId, type: 'ACCOUNT' })
    }
  })

  it.each([resetFactors, requireReEnrollment, unlockAccount])(
    "does nothing to the operator's own account or an unknown one",
    async (act) => {
      const { deps, recorded } = world()
      const own = session({ accountId })
      expect(await act(deps, { ...input, actor: own })).toEqual({ kind: 'own-account' })
      expect(await act(deps, { ...input, accountId: newId() })).toEqual({ kind: 'unknown-account' })
      expect(recorded).toEqual([])
    },
  )

  it('fails when the change cannot be stored with its event, and sends no notice', async () => {
    const { deps, told } = world()
    const accountCare = { ...deps.accountCare, resetFactors: () => Promise.reject(new Error('down')) }
    await expect(resetFactors({ ...deps, accountCare }, input)).rejects.toThrow('down')
    expect(told).toEqual([])
  })
})
