import type { NewAuditEvent } from '../../src/audit/index.js'
import { accountActor } from '../../src/audit/index.js'
import { repeatKey } from '../../src/audit/repeats.js'
import { newId, type AccountId, type SessionId } from '../../src/kernel/ids.js'

const [accountId, sessionId] = [newId<AccountId>(), newId<SessionId>()]

const refusal = (change: Partial<NewAuditEvent> = {}, context: object = {}): NewAuditEvent =>
  ({
    action: 'access.denied',
    actor: accountActor(accountId),
    targets: [{ id: 'Query.accounts', type: 'FIELD' }],
    outcome: 'DENIED',
    reason: 'FORBIDDEN',
    context: { requestId: newId(), sessionId, operation: { hash: 'h' }, origin: { address: '192.0.2.1' }, ...context },
    metadata: { errorCode: 'FORBIDDEN' },
    ...change,
  }) as unknown as NewAuditEvent

describe('refusals that are counted together', () => {
  it('are equal but for the request they came in', () => {
    expect(repeatKey(refusal())).toBe(repeatKey(refusal()))
  })

  it.each<[string, NewAuditEvent]>([
    ['of two callers', refusal({ actor: accountActor(newId()) })],
    ['of two sessions', refusal({}, { sessionId: newId() })],
    ['from two addresses', refusal({}, { origin: { address: '192.0.2.2' } })],
    ['of two operations', refusal({}, { operation: { hash: 'other' } })],
    ['of two fields', refusal({ targets: [{ id: 'Query.me', type: 'FIELD' } as never] })],
    ['for two reasons', refusal({ reason: 'RISK_BLOCKED' })],
    ['of two actions', refusal({ action: 'step_up.required' })],
  ])('are not those %s', (_, other) => {
    expect(repeatKey(other)).not.toBe(repeatKey(refusal()))
  })
})
