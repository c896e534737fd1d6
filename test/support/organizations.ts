import {
  CreateOrganizationDocument,
  AcceptInvitationDocument,
  InviteMemberDocument,
  MyOrganizationsDocument,
  SelectOrganizationDocument,
  SetOrganizationMfaPolicyDocument,
  type OrganizationMfaPolicyInput,
  type OrganizationRole,
} from '../../schema/generated/graphql.js'
import type { OrganizationId } from '../../src/kernel/ids.js'
import { dataOf, type Client } from './client.js'
import { until, type TestGateway } from './gateway.js'
import { stepUp, withTotp, type PersonWithFactor } from './person.js'

/** An organization with its creator, MFA proved just now and their session for it. */
export interface Tenant {
  readonly id: OrganizationId
  readonly name: string
  readonly admin: PersonWithFactor
}

export const REQUIRED: OrganizationMfaPolicyInput = { policy: 'REQUIRED_FOR_ALL' }
export const OPTIONAL: OrganizationMfaPolicyInput = { policy: 'OPTIONAL' }

export async function tenant(gateway: TestGateway, name = 'Acme'): Promise<Tenant> {
  const admin = await withTotp(gateway)
  const id = await createOrganization(admin.client, name)
  return { id, name, admin }
}

export async function createOrganization(client: Client, name = 'Acme'): Promise<OrganizationId> {
  return dataOf(await client.send(CreateOrganizationDocument, { input: { name } })).createOrganization
    .id as OrganizationId
}

/** The token of the newest invitation mailed to an address. */
export function invitationTokenFor(gateway: TestGateway, address: string, known = 0): Promise<string> {
  return until(async () => {
    const links = (await gateway.mailTo(address)).flatMap(
      ({ text }) => /\/invitation#token=(\S+)/.exec(text)?.[1] ?? [],
    )
    return links.length > known ? (links.at(-1) ?? null) : null
  })
}

/** Invites a person and accepts the invitation in their session, which is for the organization from then on. */
export async function bringIn(
  gateway: TestGateway,
  { admin, id }: Tenant,
  person: { readonly email: string; readonly client: Client },
  role: OrganizationRole = 'MEMBER',
): Promise<void> {
  const input = { email: person.email, role }
  const known = (await gateway.mailTo(person.email)).filter(({ text }) => text.includes('/invitation#')).length
  dataOf(await admin.client.send(InviteMemberDocument, { input }))
  const token = await invitationTokenFor(gateway, person.email, known)
  dataOf(await person.client.send(AcceptInvitationDocument, { input: { token } }))
  dataOf(await person.client.send(SelectOrganizationDocument, { input: { organizationId: id } }))
}

/** The administrator changes the organization's policy, after a fresh proof. */
export async function setPolicy(gateway: TestGateway, { admin }: Tenant, input: OrganizationMfaPolicyInput) {
  await stepUp(gateway, admin.client, admin.authenticator)
  return admin.client.send(SetOrganizationMfaPolicyDocument, { input })
}

/** What a person's organizations require of them. */
export const mine = async (client: Client) => dataOf(await client.send(MyOrganizationsDocument)).myOrganizations
