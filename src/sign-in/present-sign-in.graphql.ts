import { presentChallenge } from '../challenges/challenge.graphql.js'
import { presentAccount } from '../accounts/account.graphql.js'
import { rolesIn, type Account } from '../accounts/index.js'
import type { Assurances } from '../kernel/assurance.js'
import { refuse } from '../kernel/refusal.js'
import { endGrant, type RequestContext } from '../kernel/request-context.js'
import type { SentenceId } from '../kernel/sentences.js'
import type { DiscoveredOrganization } from '../organizations/index.js'
import type { ArrivalOutcome } from './arrival.js'
import type { ReadArrivalDeps } from './arrival-input.graphql.js'
import { deliverCookies, type IssuedCredentials, type Person, type Session } from '../sessions/index.js'
import { presentCredentials, presentSession } from '../sessions/session.graphql.js'
import type { SignedIn, SignInAnswer } from './sign-in.graphql.js'

/** Lists the organizations a person can choose from. */
export type Discover = (
  person: Pick<Person, 'memberships'> & { readonly account: Pick<Account, 'emailKey'> },
) => Promise<readonly DiscoveredOrganization[]>

export interface PresentDeps {
  readonly assurances: Assurances
  readonly discover: Discover
}

/** The ports that every sign-in resolver needs to read its request and to answer it. */
export type SignInFace = PresentDeps & ReadArrivalDeps

/** The answer to a sign-in by any first factor; throws the refusals. */
export async function presentSignIn(
  deps: PresentDeps,
  outcome: ArrivalOutcome,
  wrong: SentenceId,
  context: RequestContext,
): Promise<SignInAnswer> {
  if (outcome.kind === 'refused') throw refuse('UNAUTHENTICATED', { says: wrong })
  // The caller has changed: grants of the session the request came with end here.
  endGrant(context)
  context.afterAnswer(outcome.notify)
  if (outcome.kind === 'blocked') {
    // The owner is challenged next time instead of blocked again. An attacker could drop the stolen token anyway.
    if (outcome.copiedFrom) context.jar.clearDevice(outcome.copiedFrom)
    throw refuse('RISK_BLOCKED', { says: 'sign-in.blocked', extensions: { reference: outcome.reference } })
  }
  deliverCookies(context.jar, outcome.credentials)
  const { pendingToken } = presentCredentials(outcome.credentials)
  if (outcome.kind === 'organization-required') {
    return { organizations: await deps.discover(outcome.person), pendingToken }
  }
  if (outcome.kind === 'enrollment-required') return { stepUp: outcome.stepUp, pendingToken }
  if (outcome.kind === 'mfa-required') {
    return { stepUp: outcome.stepUp, challenge: outcome.challenge && presentChallenge(outcome.challenge), pendingToken }
  }
  return presentSignedIn(deps, { account: outcome.person.account, session: outcome.session }, outcome.credentials)
}

/** The session as it is now, and the client's credentials if it is new. */
export function presentSignedIn(
  deps: PresentDeps,
  { account, session }: { readonly account: Account; readonly session: Session },
  credentials: IssuedCredentials | null,
): SignedIn {
  const { tokens, deviceToken } = credentials ? presentCredentials(credentials) : { tokens: null, deviceToken: null }
  return {
    session: presentSession(session, session.id, deps.assurances),
    account: presentAccount(account, rolesIn(account, session)),
    tokens,
    deviceToken,
  }
}
