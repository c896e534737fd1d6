import type { NewAuditEvent } from '../../src/audit/index.js'
import { removeFactor, type RemoveFactorDeps } from '../../src/factors/remove-factor.js'
import type { FactorRemoval, FactorStore } from '../../src/factors/index.js'
import { newId } from '../../src/kernel/ids.js'
import { rememberingAudit } from '../support/audit.js'

const LOST = { endedSessions: [], forgottenDevices: [] }

async function removing(outcome: FactorRemoval): Promise<readonly Partial<NewAuditEvent>[]> {
  const events: NewAuditEvent[] = []
  const deps = {
    factors: {
      remove: async (_: unknown, eventsOf: Parameters<FactorStore['remove']>[1]) => {
        if (outcome.kind === 'removed') eventsOf(outcome.lost)
        return outcome
      },
    },
    audit: rememberingAudit(events),
    clock: { now: () => new Date('2030-01-01T12:00:00.000Z') },
  } as unknown as RemoveFactorDeps
  const input = { accountId: newId(), sessionId: newId(), factorId: newId(), wanted: [], context: null } as never
  await removeFactor(deps, input)
  return events
}

describe("the audit log of a factor's removal", () => {
  it('says that it was removed', async () => {
    const [event] = await removing({ kind: 'removed', lost: LOST })
    expect(event).toMatchObject({ action: 'factor.removed', outcome: 'SUCCESS', reason: null })
  })

  it('says that it stayed, as the last one', async () => {
    expect(await removing({ kind: 'last' })).toMatchObject([{ outcome: 'DENIED', reason: 'last-factor' }])
  })

  it('says nothing when there is no such factor', async () => {
    expect(await removing({ kind: 'unknown' })).toEqual([])
  })
})
