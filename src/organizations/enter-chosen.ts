import { secondsAfter } from '../kernel/clock.js'
import { LOST, untilSettled } from '../kernel/settle.js'
import { acceptInvitation, type AcceptInvitationDeps } from './accept-invitation.js'
import type { EnterOutcome } from './enter-organization.js'
import { joinOrganization, type JoinOrganizationDeps, type JoinOrganizationInput } from './join-organization.js'

export type EnterChosenDeps = AcceptInvitationDeps & JoinOrganizationDeps

/** As in `joinOrganization`; `unknown`: neither an invitation nor the domain of the address admits the account. */
export type EnterChosenOutcome = EnterOutcome

/** An acceptance under way is done long before. */
const ACCEPTED_WITHIN_SECONDS = 10

/** Joins the organization that an account chose: by its invitation, or else by the domain of its address. */
export async function enterChosen(deps: EnterChosenDeps, input: JoinOrganizationInput): Promise<EnterChosenOutcome> {
  const { organizationId } = input
  const accepted = await acceptInvitation(deps, { ...input, invitation: { organizationId } })
  switch (accepted.kind) {
    case 'accepted':
      return accepted.entered === null ? { kind: 'member-already' } : { kind: 'entered', name: accepted.entered }
    case 'withdrawn':
      return joinOrganization(deps, input)
    case 'not-available': {
      const joined = await joinOrganization(deps, input)
      return joined.kind === 'unknown' ? awaitAcceptance(deps, input) : joined
    }
    default:
      return accepted
  }
}

/** The same choice in another tab may have taken the invitation, and not have stored the membership yet. */
function awaitAcceptance(
  deps: EnterChosenDeps,
  { accountId, organizationId, emailKey }: JoinOrganizationInput,
): Promise<EnterChosenOutcome> {
  return untilSettled(async () => {
    // Read in this order: the invitation is taken before the membership is stored.
    const isUnderWay = await isEntering(deps, { organizationId, emailKey })
    const person = await deps.members.find(accountId)
    if (person?.memberships[organizationId]) return { kind: 'member-already' }
    return isUnderWay ? LOST : { kind: 'unknown' }
  })
}

/** Whether the account may be joining by its invitation in another tab. */
export const isEntering = (
  { invitations, clock }: Pick<EnterChosenDeps, 'invitations' | 'clock'>,
  which: Pick<JoinOrganizationInput, 'organizationId' | 'emailKey'>,
): Promise<boolean> => invitations.isBeingAccepted(which, secondsAfter(clock.now(), -ACCEPTED_WITHIN_SECONDS))
