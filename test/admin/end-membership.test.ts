import { endMembership, type EndMembershipDeps } from '../../src/admin/end-membership.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'

const operator = newId<AccountId>()

/** Fails the test on any call to the store. */
const untouched = new Proxy({}, { get: (_, name) => () => Promise.reject(new Error(`asked ${String(name)}`)) })

it('an operator cannot end a membership of their own account: another operator must', async () => {
  const deps = { sessions: untouched, organizationStore: untouched, members: untouched } as unknown as EndMembershipDeps
  const input = { actor: { accountId: operator }, accountId: operator, organizationId: newId() } as never
  expect(await endMembership(deps, input)).toEqual({ kind: 'own-account' })
})
