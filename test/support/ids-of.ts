import {
  AllowAddressDocument,
  InviteMemberDocument,
  MyDevicesDocument,
  MySessionsDocument,
} from '../../schema/generated/graphql.js'
import { challenged, eventsOf } from './answers.js'
import type { Ids } from './calls-with-ids.js'
import { dataOf, type Client } from './client.js'
import type { TestGateway } from './gateway.js'
import type { Tenant } from './organizations.js'
import type { PersonWithFactor } from './person.js'
import { newBackend } from './services.js'
import { storedAccount } from './stored.js'

/** An id of every kind for a tenant: its administrator’s own, and those an operator made. */
export async function idsOf(
  gateway: TestGateway,
  operator: PersonWithFactor,
  { id: organization, name, admin }: Tenant,
): Promise<Ids> {
  const input = { email: `invited.${admin.email}`, role: 'MEMBER' } as const
  const invitation = dataOf(await admin.client.send(InviteMemberDocument, { input })).inviteMember.id
  const { keyId: serviceKey } = await newBackend(gateway, operator, { tenant: name.toLowerCase().replaceAll(' ', '-') })
  const personal = await personalIdsOf(gateway, admin)
  const device = { deviceId: personal.device }
  const entry = dataOf(await operator.client.send(AllowAddressDocument, { input: device })).allowAddress.entry.id
  const factor = admin.authenticator.factorId
  const challenge = (await challenged(admin.client, factor)).id
  return { ...personal, factor, challenge, organization, invitation, serviceKey, entry }
}

/** The ids that every signed-in person has. The event is their risk decision, too. */
export async function personalIdsOf(
  gateway: TestGateway,
  { email, client }: { readonly email: string; readonly client: Client },
) {
  const session = dataOf(await client.send(MySessionsDocument)).mySessions.find(({ current }) => current)!.id
  const device = dataOf(await client.send(MyDevicesDocument)).myDevices[0]!.id
  const account = (await storedAccount(gateway, email))._id
  const event = (await eventsOf(gateway, email, 'risk.assessed'))[0]!.id
  return { session, device, account, event }
}
