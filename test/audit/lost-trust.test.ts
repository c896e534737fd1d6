import { ChangePasswordDocument, RemoveFactorDocument } from '../../schema/generated/graphql.js'
import { eventsOf } from '../support/answers.js'
import { dataOf } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForEach } from '../support/lent-gateway.js'
import { enrollTotp, PASSWORD, signIn, stepUp, withTotp } from '../support/person.js'

describe.each(STORES)('what ends along with a credential is in the audit log, on the %s store', (store) => {
  const gateway = gatewayForEach({ store })

  it('sessions and remembered devices end with the password', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    await stepUp(gateway, client, authenticator, { rememberDevice: true })
    await signIn(gateway, email)
    const input = { currentPassword: PASSWORD, newPassword: 'seven grey herons', revokeOthers: true }
    dataOf(await client.send(ChangePasswordDocument, { input }))
    const reason = 'password-changed'
    expect(await eventsOf(gateway, email, 'session.revoked')).toMatchObject([
      { reason, targets: [{ type: 'SESSION' }] },
    ])
    expect(await eventsOf(gateway, email, 'device.forgotten')).toMatchObject([
      { reason, targets: [{ type: 'DEVICE' }] },
    ])
  })

  it('other sessions end with a factor; where there is nothing to end, no event says so', async () => {
    const { client, email } = await withTotp(gateway)
    const second = await enrollTotp(gateway, client)
    await signIn(gateway, email)
    dataOf(await client.send(RemoveFactorDocument, { factorId: second.authenticator.factorId }))
    const reason = 'factor-removed'
    expect(await eventsOf(gateway, email, 'session.revoked')).toMatchObject([
      { reason, targets: [{ type: 'SESSION' }] },
    ])
    expect(await eventsOf(gateway, email, 'device.forgotten')).toEqual([])
  })
})
