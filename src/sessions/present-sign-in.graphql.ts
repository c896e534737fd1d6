import { presentAccount } from '../accounts/account.graphql.js'
import { rolesOf } from '../accounts/index.js'
import { refuse } from '../kernel/refusal.js'
import type { RequestContext } from '../kernel/request-context.js'
import type { ComeInDeps, ComeInOutcome } from './come-in.js'
import { deliverCookies } from './credentials.js'
import { presentCredentials, presentSession } from './session.graphql.js'
import type { SignInAnswer } from './sign-in.graphql.js'

/** What somebody who tried to come in is told, whatever they came with; throws the refusals. */
export function presentSignIn(
  deps: Pick<ComeInDeps, 'assurances' | 'administrators'>,
  outcome: ComeInOutcome,
  wrong: string,
  context: RequestContext,
): SignInAnswer {
  if (outcome.kind === 'refused') throw refuse('UNAUTHENTICATED', { message: wrong })
  context.afterAnswer(outcome.notify)
  if (outcome.kind === 'blocked') {
    // Its owner is asked the next time, not blocked again; who stole the token can drop it as well.
    if (outcome.copiedFrom) context.jar.clearDevice(outcome.copiedFrom)
    throw refuse('RISK_BLOCKED', { extensions: { reference: outcome.reference } })
  }
  deliverCookies(context.jar, outcome.credentials)
  const { tokens, pendingToken, deviceToken } = presentCredentials(outcome.credentials)
  if (outcome.kind !== 'signed-in') return { stepUp: outcome.stepUp, pendingToken }
  const { account } = outcome.person
  return {
    session: presentSession(outcome.session, outcome.session.id, deps.assurances),
    account: presentAccount(account, rolesOf(account, deps.administrators)),
    tokens,
    deviceToken,
  }
}
