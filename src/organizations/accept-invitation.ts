import type { OrganizationId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { enterOrganization, type EnterDeps, type Entrant } from './enter-organization.js'
import { organizationEvent } from './organization-event.js'
import type { Invitation } from './invitation.js'
import { invitationIn } from './invitation-token.js'
import type { InvitationStore, MemberStore } from './ports.js'

export interface AcceptInvitationDeps extends EnterDeps {
  readonly invitations: InvitationStore
  readonly secrets: Pick<Secrets, 'digest'>
}

export interface AcceptInvitationInput extends Entrant {
  /** The proved address of the account, normalised. */
  readonly emailKey: string
  readonly invitation: InvitationProof
  readonly context: AuditContext
}

/** The token from the mail, or the organization's id from an account that has proved the address in another way. */
export type InvitationProof = { readonly token: string } | { readonly organizationId: OrganizationId }

export type AcceptInvitationOutcome =
  /** `entered`: the name of the organization if the account is new to it; null: it was a member before. */
  | { kind: 'accepted'; organizationId: OrganizationId; entered: string | null }
  /** Unknown, expired, revoked, used, or for another account: the caller cannot tell which. */
  | { kind: 'not-available' }
  /** Its sender lost the right to invite. The caller gets the same answer as for `not-available`. */
  | { kind: 'withdrawn' }
  | { kind: 'too-many' }
  | { kind: 'too-many-admins' }
  | { kind: 'no-common-factor' }

/** Accepts an invitation: the account that has proved the invited address becomes a member. */
export async function acceptInvitation(
  deps: AcceptInvitationDeps,
  input: AcceptInvitationInput,
): Promise<AcceptInvitationOutcome> {
  const { accountId, context } = input
  const { invitation, emailKey } = input
  const which = 'token' in invitation ? byToken(deps, invitation.token) : invitation
  const taken = await deps.invitations.take({ ...which, emailKey }, deps.clock.now())
  if (!taken) return { kind: 'not-available' }
  const { organizationId, role } = taken
  if (!(await isStillGranted(deps, taken))) return { kind: 'withdrawn' }
  const joined = organizationEvent(
    'member.joined',
    { accountId, organizationId, context },
    { member: accountId, reason: 'invitation', metadata: { invitationId: taken.id, role } },
  )
  const entered = await enterOrganization(deps, input, { organizationId, role, joined })
  switch (entered.kind) {
    case 'too-many':
    case 'too-many-admins':
    case 'no-common-factor':
      await deps.invitations.putBack(taken.id)
      return entered
    case 'unknown':
      return { kind: 'not-available' }
    case 'member-already':
      return { kind: 'accepted', organizationId, entered: null }
    case 'entered':
      return { kind: 'accepted', organizationId, entered: entered.name }
  }
}

function byToken({ secrets }: Pick<AcceptInvitationDeps, 'secrets'>, token: string) {
  const id = invitationIn(token)
  return { tokenHash: secrets.digest(token), ...(id === null ? {} : { id }) }
}

/**
 * Whether the inviting account could still invite, and its trust was not revoked since (R123). Read after the
 * invitation is taken, so a revocation is either seen here or comes after the membership was given.
 */
async function isStillGranted(
  { members }: { readonly members: Pick<MemberStore, 'find'> },
  { invitedBy, organizationId, grantRevision = null, roleRevision = null }: Invitation,
): Promise<boolean> {
  const inviter = await members.find(invitedBy)
  if (inviter?.account.status !== 'ACTIVE' || inviter.grantRevision !== grantRevision) return false
  const place = inviter.memberships[organizationId]
  return place?.role === 'ADMIN' && (place.roleRevision ?? null) === roleRevision
}
