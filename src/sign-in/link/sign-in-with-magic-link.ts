import { newAccount, type AccountStore, type ConfirmationStore } from '../../accounts/index.js'
import { accountActor, ANONYMOUS_ACTOR, type AuditLog } from '../../audit/index.js'
import type { LinkCalls } from '../../kernel/spend-call.js'
import { NO_FAILURES } from '../../limits/index.js'
import type { ArrivalInput, ArrivalOutcome, Arrivals, ArrivingPerson } from '../arrival.js'
import { isOutdatedGrant, type SessionStore } from '../../sessions/index.js'
import { refusedEvent } from '../sign-in-events.js'
import { followSignInLink, type FollowLinkDeps, type FollowLinkOutcome } from './follow-link.js'
import type { LinkSettings, SignInLink } from './mailed-link.js'

export interface MagicLinkSignInDeps extends FollowLinkDeps {
  readonly sessions: Pick<SessionStore<ArrivingPerson>, 'findPersonByEmail'>
  readonly accounts: Pick<AccountStore, 'create'>
  readonly confirmations: Pick<ConfirmationStore, 'forgetSignUps'>
  readonly linkSettings: LinkSettings
  readonly linkCalls: LinkCalls
  readonly arrivals: Arrivals
  readonly audit: AuditLog
}

export interface MagicLinkSignInInput extends ArrivalInput {
  readonly token: string
  readonly client: string | null
  readonly code: string | null
}

export type MagicLinkSignInOutcome = ArrivalOutcome | Exclude<FollowLinkOutcome, { kind: 'followed' }>

/**
 * Signs in the person who reads the account's mailbox. That is one factor; the second is required as after any other.
 */
export async function signInWithMagicLink(
  deps: MagicLinkSignInDeps,
  input: MagicLinkSignInInput,
): Promise<MagicLinkSignInOutcome> {
  const followed = await followSignInLink(deps, input)
  if (followed.kind === 'not-available') {
    await deps.linkCalls.countWrong(input.context)
    await deps.audit.record([refusedEvent(ANONYMOUS_ACTOR, input.context)])
  }
  if (followed.kind !== 'followed') return followed
  await deps.linkCalls.giveBack(input.context, followed.link.createdAt)
  const person = await ownerOf(deps, followed.link, input)
  if (!person || isOutdated(person, followed.link)) {
    await deps.audit.record([refusedEvent(person ? accountActor(person.account.id) : ANONYMOUS_ACTOR, input.context)])
    return { kind: 'not-available' }
  }
  const attempt = { ...NO_FAILURES, now: deps.clock.now() }
  return deps.arrivals.comeIn({ ...input, first: { method: 'MAGIC_LINK' }, person, attempt })
}

/**
 * The account of the address. Where there is none and links may create accounts, a new one: its mailbox was just
 * proved.
 */
async function ownerOf(
  deps: MagicLinkSignInDeps,
  link: SignInLink,
  { context }: MagicLinkSignInInput,
): Promise<ArrivingPerson | null> {
  const found = await deps.sessions.findPersonByEmail(link.emailKey)
  if (found || !deps.linkSettings.magicLinkSignUp) return found
  const { email, emailKey, language } = link
  // No password: an attacker may have chosen one in a waiting sign-up for this address, so that sign-up is deleted
  // (R059).
  const account = newAccount({ email, emailKey, language, passwordHash: null, at: deps.clock.now() })
  const isCreated = await deps.accounts.create(account, ({ id }) => {
    const targets = [{ id, type: 'ACCOUNT' }] as const
    const actor = accountActor(id)
    return deps.audit.prepare([{ action: 'account.created', actor, targets, outcome: 'SUCCESS', context }])
  })
  if (isCreated) await deps.confirmations.forgetSignUps(emailKey)
  return deps.sessions.findPersonByEmail(emailKey)
}

/** A password change, or a report that it was not them, invalidates every link requested before. */
function isOutdated(person: ArrivingPerson, link: SignInLink): boolean {
  const { account, suspicionAt } = person
  const { createdAt, accountId = null } = link
  if (accountId !== null && accountId !== account.id) return true
  if (isOutdatedGrant(link, person)) return true
  // Setting up the account, with or without a password, is not a password change.
  const isChanged = account.passwordChangedAt > account.createdAt && account.passwordChangedAt > createdAt
  return isChanged || (suspicionAt !== null && suspicionAt > createdAt)
}
