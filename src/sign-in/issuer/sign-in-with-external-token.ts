import type { SpendCall } from '../../accounts/index.js'
import { ANONYMOUS_ACTOR } from '../../audit/index.js'
import { preferredLanguage } from '../../kernel/language.js'
import type { AuditContext } from '../../kernel/request-context.js'
import { NO_FAILURES } from '../../limits/index.js'
import { comeIn, type ComeInDeps, type ComeInInput, type ComeInOutcome } from '../come-in.js'
import type { CountSignIn } from '../count-sign-in.js'
import { externalFactor } from '../external-methods.js'
import { findOrMakeLinked, type LinkedAccountDeps } from '../linked-account.js'
import type { SpentChallenges } from '../../devices/index.js'
import { refusedEvent } from '../sign-in-events.js'
import type { TrustedIssuers } from './trusted-issuers.js'

export interface ExternalSignInDeps extends ComeInDeps, LinkedAccountDeps {
  readonly sessions: ComeInDeps['sessions']
  readonly secrets: ComeInDeps['secrets']
  readonly trustedIssuers: TrustedIssuers
  readonly spentChallenges: SpentChallenges
  /** Counts a token from one address that is no good; throws the refusal when there were too many. */
  readonly countWrong: SpendCall
  readonly countSignIn: CountSignIn
}

export interface ExternalSignInInput extends Omit<ComeInInput, 'first'> {
  readonly token: string
}

/**
 * Signs somebody in whom a trusted issuer vouches for. The account is linked to issuer and subject; the e-mail address in
 * the token finds nobody. A token works once, and is spent by nobody but whom it is right for.
 */
export async function signInWithExternalToken(
  deps: ExternalSignInDeps,
  { token, ...input }: ExternalSignInInput,
): Promise<ComeInOutcome> {
  const { context } = input
  const verdict = await deps.trustedIssuers.verify(token)
  if (verdict.kind === 'wrong') return refuse(deps, verdict.because, context)
  const { issuer, subject, email, methods, tokenId, endsAt } = verdict.identity
  const spentAs = deps.secrets.digest(`external-token/${JSON.stringify([issuer, tokenId])}`)
  if (!(await deps.spentChallenges.spend(spentAs, endsAt))) return refuse(deps, 'replayed', context)
  const { person, notify } = await findOrMakeLinked(deps, {
    identity: { issuer, subject },
    email,
    language: preferredLanguage(context.origin.language),
    by: ANONYMOUS_ACTOR,
    context,
  })
  await deps.countSignIn(person.account.id, context)
  const first = { ...externalFactor(methods), authentication: null }
  // What preceded the token happened elsewhere.
  const outcome = await comeIn(deps, { ...input, first }, person, { ...NO_FAILURES, now: deps.clock.now() })
  if (outcome.kind === 'refused') return outcome
  const afterwards = outcome.notify
  return {
    ...outcome,
    notify: async () => {
      await notify()
      await afterwards()
    },
  }
}

async function refuse(
  deps: Pick<ExternalSignInDeps, 'audit' | 'countWrong'>,
  because: string,
  context: AuditContext,
): Promise<ComeInOutcome> {
  await deps.countWrong(context)
  await deps.audit.record([
    { ...refusedEvent(ANONYMOUS_ACTOR, context), reason: 'external-token', metadata: { because } },
  ])
  return { kind: 'refused' }
}
