import { endMembership, type EndMembershipDeps } from '../../src/admin/end-membership.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'

const operator = newId<AccountId>()

/** Fails the test when the store is so much as asked. */
const untouched = new Proxy({}, { get: (_, name) => () => Promise.reject(new Error(`asked ${String(name)}`)) })

it('an operator ends no membership of their own account: another one has to', async () => {
  const deps = { sessions: untouched, organizationStore: untouched, members: untouched } as unknown as EndMembershipDeps
  const input = { actor: { accountId: operator }, accountId: operator, organizationId: newId() } as never
  expect(await endMembership(deps, input)).toEqual({ kind: 'own-account' })
})
