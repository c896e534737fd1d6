import { InviteMemberDocument } from '../../schema/generated/graphql.js'
import { eventsOf, ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { STORES } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { losing } from '../support/lost-answers.js'
import { noticeTo, notMeToken } from '../support/notices.js'
import { bringIn, createOrganization, tenant } from '../support/organizations.js'
import { PASSWORD, registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { newOperator } from '../support/services.js'

/** A mutation that changes the caller or their permissions, and a caller who may use it. */
interface Change {
  readonly email: string
  readonly client: Client
  readonly field: string
}

describe.each(STORES)('R140 a changed caller has no grant, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: ROOMY })

  const quoted = (text: string): string => JSON.stringify(text)
  const ownSession = async (client: Client): Promise<string> => {
    const found = dataOf(await client.send('{ mySessions { id current } }')) as unknown as {
      mySessions: readonly { id: string; current: boolean }[]
    }
    return found.mySessions.find(({ current }) => current)?.id ?? ''
  }
  const ownAccount = async (client: Client): Promise<string> =>
    (dataOf(await client.send('{ me { id } }')) as unknown as { me: { id: string } }).me.id
  /** A second administrator, who may therefore leave. */
  const secondAdmin = async (): Promise<PersonWithFactor & { readonly organizationId: string }> => {
    const acme = await tenant(gateway)
    const second = await withTotp(gateway)
    await bringIn(gateway, acme, second, 'ADMIN')
    await stepUp(gateway, second.client, second.authenticator)
    return { ...second, organizationId: acme.id }
  }

  const CHANGES: Readonly<Record<string, () => Promise<Change>>> = {
    'a sign-in of another account': async () => {
      const other = await registered(gateway)
      const { email, client } = await withTotp(gateway)
      const field = `signIn(input: { email: ${quoted(other)}, password: ${quoted(PASSWORD)} }) { __typename }`
      return { email, client, field }
    },
    'a sign-in that waits for a second factor': async () => {
      const other = await withTotp(gateway)
      const { email, client } = await withTotp(gateway)
      const field = `signIn(input: { email: ${quoted(other.email)}, password: ${quoted(PASSWORD)} }) { __typename }`
      return { email, client, field }
    },
    'a sign-out': async () => ({ ...(await withTotp(gateway)), field: 'signOut { signedOut }' }),
    'the end of its own session': async () => {
      const { email, client } = await withTotp(gateway)
      return { email, client, field: `revokeSession(sessionId: ${quoted(await ownSession(client))}) { revoked }` }
    },
    'the end of a successor of its own session': async () => {
      const { email, client, authenticator } = await withTotp(gateway)
      const { session } = await losing(client, (copy) => stepUp(gateway, copy, authenticator))
      return { email, client, field: `revokeSession(sessionId: ${quoted(session.id)}) { revoked }` }
    },
    'an invitation that switches the session to the organization': async () => {
      const acme = await tenant(gateway)
      const { email, client, authenticator } = await withTotp(gateway)
      await stepUp(gateway, acme.admin.client, acme.admin.authenticator)
      dataOf(await acme.admin.client.send(InviteMemberDocument, { input: { email, role: 'MEMBER' } }))
      await stepUp(gateway, client, authenticator)
      return { email, client, field: `acceptInvitation(input: { organizationId: ${quoted(acme.id)} }) { __typename }` }
    },
    'a switch to another organization': async () => {
      const { email, client, authenticator } = await withTotp(gateway)
      const first = await createOrganization(client, 'First')
      await createOrganization(client, 'Second')
      await stepUp(gateway, client, authenticator)
      return { email, client, field: `selectOrganization(input: { organizationId: ${quoted(first)} }) { __typename }` }
    },
    'a new organization': async () => ({
      ...(await withTotp(gateway)),
      field: 'createOrganization(input: { name: "New" }) { id }',
    }),
    'removing the factor that proved it': async () => {
      const { email, client, authenticator } = await withTotp(gateway)
      return { email, client, field: `removeFactor(factorId: ${quoted(authenticator.factorId)}) { removed }` }
    },
    'forgetting the device that spares the session': async () => {
      const { email, client, authenticator } = await withTotp(gateway)
      await stepUp(gateway, client, authenticator, { rememberDevice: true })
      await signIn(gateway, email, {}, client)
      await stepUp(gateway, client, authenticator)
      return { email, client, field: 'forgetAllDevices { forgotten }' }
    },
    'leaving an organization': async () => {
      const { email, client, organizationId } = await secondAdmin()
      return { email, client, field: `leaveOrganization(organizationId: ${quoted(organizationId)}) { left }` }
    },
    'removing oneself from an organization': async () => {
      const { email, client } = await secondAdmin()
      return { email, client, field: `removeMember(accountId: ${quoted(await ownAccount(client))}) { removed }` }
    },
    'giving oneself a weaker role': async () => {
      const { email, client } = await secondAdmin()
      const input = `{ accountId: ${quoted(await ownAccount(client))}, role: MEMBER }`
      return { email, client, field: `setMemberRole(input: ${input}) { role }` }
    },
    'an operator who ends their own sessions': async () => {
      const { email, client } = await newOperator(gateway)
      const input = `{ accountId: ${quoted(await ownAccount(client))}, reason: "lost laptop" }`
      return { email, client, field: `revokeAccountSessions(input: ${input}) { revoked }` }
    },
    'a "this was not me" report': async () => {
      const { email, client, authenticator } = await withTotp(gateway)
      const token = notMeToken(await noticeTo(gateway, email, 'any'))
      await stepUp(gateway, client, authenticator)
      return { email, client, field: `reportNotMe(input: { token: ${quoted(token)} }) { reported }` }
    },
    'closing the account': async () => ({
      ...(await withTotp(gateway)),
      field: `closeAccount(input: { password: ${quoted(PASSWORD)} }) { closed }`,
    }),
  }

  it.each(Object.keys(CHANGES))('stops the rest of an operation after %s', async (name) => {
    const { email, client, field } = (await CHANGES[name]?.()) ?? nobody()
    const asked = 'exportMyData { data }'
    dataOf(await client.copy().send('mutation { exportMyData { data } }'))
    const before = name === 'closing the account' ? null : (await eventsOf(gateway, email, 'account.exported')).length

    const answer = await client.send(`mutation { ${field} ${asked} }`)

    expect(codeOf(answer)).toBe('FORBIDDEN')
    expect(answer.errors[0]?.path).toEqual(['exportMyData'])
    expect(answer.data).toBeNull()
    if (before !== null) expect(await eventsOf(gateway, email, 'account.exported')).toHaveLength(before)
  })
})

const nobody = (): never => {
  throw new Error('there is no such change')
}
