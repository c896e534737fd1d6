import { ANONYMOUS_ACTOR } from '../../audit/index.js'
import { mailLanguage } from '../../kernel/language.js'
import type { AuditContext } from '../../kernel/request-context.js'
import type { SpendCall } from '../../kernel/spend-call.js'
import { NO_FAILURES, type SpendAccountCall } from '../../limits/index.js'
import { bothNotices, type ArrivalInput, type ArrivalOutcome, type Arrivals } from '../arrival.js'
import { externalFactor } from '../external-methods.js'
import { findOrMakeLinked, type LinkedAccountDeps } from '../linked-account.js'
import type { SpentChallenges } from '../../devices/index.js'
import { refusedEvent } from '../sign-in-events.js'
import type { TrustedIssuers } from './trusted-issuers.js'

export interface ExternalSignInDeps extends LinkedAccountDeps {
  readonly trustedIssuers: TrustedIssuers
  readonly spentChallenges: SpentChallenges
  /** Counts an invalid token against the client's address; throws the refusal when there were too many. */
  readonly countWrong: SpendCall
  readonly countSignIn: SpendAccountCall
  readonly arrivals: Arrivals
}

export interface ExternalSignInInput extends ArrivalInput {
  readonly token: string
}

/**
 * Signs in a person whom a trusted issuer vouches for. The account is linked to issuer and subject; the e-mail address
 * in the token never finds an account. A token works once, and only a caller for whom it is valid can spend it.
 */
export async function signInWithExternalToken(
  deps: ExternalSignInDeps,
  { token, ...input }: ExternalSignInInput,
): Promise<ArrivalOutcome> {
  const { context } = input
  const verdict = await deps.trustedIssuers.verify(token)
  if (verdict.kind === 'wrong') return refuse(deps, verdict.because, context)
  const { issuer, subject, email, methods, tokenId, endsAt } = verdict.identity
  const spentAs = deps.secrets.digest(`external-token/${JSON.stringify([issuer, tokenId])}`)
  if (!(await deps.spentChallenges.spend(spentAs, endsAt))) return refuse(deps, 'replayed', context)
  const { person, notify } = await findOrMakeLinked(deps, {
    identity: { issuer, subject },
    email,
    language: mailLanguage(context.origin.language, deps.messages.languages),
    by: ANONYMOUS_ACTOR,
    context,
  })
  await deps.countSignIn(person.account.id, context)
  const first = { ...externalFactor(methods), authentication: null }
  // Failures before the token happened at the issuer.
  const attempt = { ...NO_FAILURES, now: deps.clock.now() }
  const outcome = await deps.arrivals.comeIn({ ...input, first, person, attempt })
  return outcome.kind === 'refused' ? outcome : { ...outcome, notify: bothNotices(notify, outcome.notify) }
}

async function refuse(
  deps: Pick<ExternalSignInDeps, 'audit' | 'countWrong'>,
  because: string,
  context: AuditContext,
): Promise<ArrivalOutcome> {
  await deps.countWrong(context)
  await deps.audit.record([
    { ...refusedEvent(ANONYMOUS_ACTOR, context), reason: 'external-token', metadata: { because } },
  ])
  return { kind: 'refused' }
}
