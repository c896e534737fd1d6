import { CloseAccountDocument, ExportMyDataDocument } from '../../schema/generated/graphql.js'
import { createAuditLog } from '../../src/audit/index.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { outboxRepository } from '../../src/store/outbox-repository.js'
import { openPeople } from '../../src/store/person-document.js'
import { aRequest, anEvent, countryOf, secrets } from '../audit/support/audit-world.js'
import { dataOf } from '../support/client.js'
import { STORES, until } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { PASSWORD } from '../support/person.js'
import { storedIn } from '../support/stored.js'
import { PROXIED, tracedPerson, type TracedPerson } from '../support/traces.js'

describe.each(STORES)('R178 events that wait in an account’s document of the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: PROXIED })

  /** Another process changes the account, and has not written the event yet. */
  async function changedElsewhere({ id, traces }: TracedPerson) {
    const log = createAuditLog({
      ...{ store: createAuditRepository(gateway.store), outbox: outboxRepository(gateway.store) },
      ...{ clock: gateway.clock, secrets, countryOf },
      outboxSettings: { capacity: 100, lingerMilliseconds: 600_000, sweptAfterSeconds: 600 },
    })
    const origin = { ...aRequest().origin, address: traces['ip'] ?? '' }
    const actor = { id: id as AccountId, type: 'ACCOUNT' } as const
    const events = log.prepare([anEvent({ action: 'device.renamed', actor, context: aRequest({ origin }) })])
    await openPeople(gateway.store).changeWith({ _id: id }, { $set: { lastSignInAt: gateway.clock.now() } }, events)
    return log
  }

  const actionsAbout = async (accountId: string) => {
    const log = createAuditRepository(gateway.store)
    const events = await log.find({ filter: { accountId }, order: 'OLDEST_FIRST', limit: 1000 })
    return events.map(({ action }) => action)
  }

  it('are in an export, and the document that they wait in is not', async () => {
    const traced = await tracedPerson(gateway)
    await changedElsewhere(traced)
    const { data } = dataOf(await traced.client.send(ExportMyDataDocument)).exportMyData
    const { auditEvents } = data as unknown as { auditEvents: readonly { action: string; context: { ip: string } }[] }
    expect(
      auditEvents.filter(({ context }) => context.ip === traced.traces['ip']).map(({ action }) => action),
    ).toContain('device.renamed')
    expect(JSON.stringify(data)).not.toContain('outbox')
  })

  it('leave nothing behind when the account is erased, even if their process writes them later', async () => {
    const traced = await tracedPerson(gateway)
    const elsewhere = await changedElsewhere(traced)
    dataOf(await traced.client.send(CloseAccountDocument, { input: { password: PASSWORD } }))
    await until(async () => ((await actionsAbout(traced.id)).includes('account.erased') ? true : null))
    await elsewhere.drain()
    expect((await actionsAbout(traced.id)).filter((action) => action === 'account.closed')).toHaveLength(1)
    expect(JSON.stringify(await storedIn(gateway, 'auditEvents'))).not.toContain(traced.traces['ip'])
    expect(await gateway.app.verifyAudit(() => undefined)).toBe(0)
  })
})
