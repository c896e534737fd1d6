import { secondsAfter } from '../kernel/clock.js'
import type { EmailAddress } from '../kernel/email-address.js'
import { newId, type InvitationId } from '../kernel/ids.js'
import type { OrganizationRole } from '../kernel/membership.js'
import type { Messages } from '../kernel/messages.js'
import type { Secrets } from '../kernel/secrets.js'
import type { RequestedMail } from '../kernel/requested-mail.js'
import type { Invitation } from './invitation.js'
import { newInvitationToken } from './invitation-token.js'
import type { OrganizationDeps } from './organization-deps.js'
import { organizationEvent, type Acting } from './organization-event.js'
import type { InvitationStore } from './ports.js'

export interface InviteMemberDeps extends OrganizationDeps {
  readonly invitations: InvitationStore
  readonly secrets: Secrets
  readonly messages: Messages
  readonly requestedMail: RequestedMail
  /** The page the link leads to; the token is its fragment. */
  readonly invitationUrl: string
}

export interface InviteMemberInput extends Acting {
  readonly email: EmailAddress
  readonly role: OrganizationRole
  /** Of the inviting account, as of the request. */
  readonly grantRevision: number | null
  /** Of its membership, as of the request. */
  readonly roleRevision: number | null
}

export type InviteMemberOutcome =
  | { kind: 'invited'; invitation: Invitation; notify: () => Promise<void> }
  | { kind: 'too-many' } // the maximum number of invitations is open
  | { kind: 'unknown' }

/**
 * Invites the owner of an address. Does not check whether the address has an account, so the answer cannot reveal it.
 */
export async function inviteMember(deps: InviteMemberDeps, input: InviteMemberInput): Promise<InviteMemberOutcome> {
  const { organizationId, accountId, email, role, grantRevision, roleRevision, context } = input
  const [organization] = await deps.organizationStore.find([organizationId])
  if (!organization) return { kind: 'unknown' }
  const now = deps.clock.now()
  const { openInvitations, invitationSeconds } = deps.organizationLimits
  // A bound on memory, not a guarantee: parallel callers may exceed it by one each.
  if ((await deps.invitations.countOpen(organizationId, now)) >= openInvitations) return { kind: 'too-many' }
  const id = newId<InvitationId>()
  const token = newInvitationToken(deps.secrets, id)
  const invitation: Invitation = {
    id,
    tokenHash: deps.secrets.digest(token),
    organizationId,
    email: email.written,
    emailKey: email.key,
    role,
    invitedBy: accountId,
    grantRevision,
    roleRevision,
    createdAt: now,
    expiresAt: secondsAfter(now, invitationSeconds),
  }
  const metadata = { invitationId: invitation.id, role }
  const invited = organizationEvent('member.invited', { accountId, organizationId, context }, { metadata })
  await deps.invitations.put(invitation, deps.audit.prepare([invited]))
  const notify = async (): Promise<void> => {
    const message = deps.messages.render('organization-invitation', null, {
      organization: organization.name,
      link: `${deps.invitationUrl}#token=${token}`,
      lifetime: { seconds: invitationSeconds },
    })
    const caller = { context, accountId, deviceTokenFor: () => null }
    await deps.requestedMail.send({ to: email.written, ...message }, { kind: 'invitation', caller })
  }
  return { kind: 'invited', invitation, notify }
}

/** Revokes an open invitation. False when there is none. */
export function revokeInvitation(
  deps: Pick<InviteMemberDeps, 'invitations' | 'audit' | 'clock'>,
  input: Acting & { readonly invitationId: InvitationId },
): Promise<boolean> {
  const { organizationId, invitationId } = input
  const revoked = organizationEvent('member.invitation_revoked', input, { metadata: { invitationId } })
  return deps.invitations.revoke(organizationId, invitationId, deps.clock.now(), deps.audit.prepare([revoked]))
}
