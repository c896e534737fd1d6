import {
  objectToPassword,
  type AccountStore,
  type PasswordHasher,
  type PasswordObjection,
  type PasswordRules,
} from '../../accounts/index.js'
import { accountActor, ANONYMOUS_ACTOR, type AuditLog, lostTrustEvents } from '../../audit/index.js'
import type { Clock } from '../../kernel/clock.js'
import { linkIdOf } from '../../kernel/mailed-code.js'
import { addresseeOf, type Notices, takesBackSession } from '../../kernel/notices.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { LinkCalls } from '../../kernel/spend-call.js'
import type { Turns } from '../../kernel/turns.js'
import { NO_FAILURES } from '../../limits/index.js'
import { bothNotices, type ArrivalInput, type ArrivalOutcome, type Arrivals, type ArrivingPerson } from '../arrival.js'
import { isOutdatedGrant, type SessionStore } from '../../sessions/index.js'
import { refusedEvent } from '../sign-in-events.js'
import type { ResetLink } from './mailed-link.js'
import type { LinkStore } from './ports.js'

export interface ResetPasswordDeps {
  readonly links: LinkStore
  readonly accounts: Pick<AccountStore, 'changePassword'>
  readonly passwordRules: PasswordRules
  readonly linkCalls: LinkCalls
  readonly sessions: Pick<SessionStore<ArrivingPerson>, 'findPerson'>
  readonly passwords: Pick<PasswordHasher, 'hash'>
  readonly turns: Turns
  readonly arrivals: Arrivals
  readonly audit: AuditLog
  readonly notices: Notices
  readonly secrets: Pick<Secrets, 'digest'>
  readonly clock: Clock
}

export interface ResetPasswordInput extends ArrivalInput {
  readonly token: string
  readonly newPassword: string
}

export type ResetPasswordOutcome =
  ArrivalOutcome | { kind: 'bad-password'; objection: PasswordObjection } | { kind: 'not-available' }

/**
 * Sets a new password through a link, ends every session, forgets every device, and signs in. The proved mailbox is one
 * factor, so an account with a second factor is challenged (R034). A rejected password does not spend the link.
 */
export async function resetPassword(deps: ResetPasswordDeps, input: ResetPasswordInput): Promise<ResetPasswordOutcome> {
  const { context } = input
  const now = deps.clock.now()
  const id = linkIdOf(deps.secrets, input.token)
  const link = await deps.links.find(id, now)
  const person = link?.kind === 'RESET' && link.accountId ? await deps.sessions.findPerson(link.accountId) : null
  if (!person || link?.kind !== 'RESET' || !isGoodFor(link, person)) return refuse(deps, person, input)
  const { account } = person
  const objection = objectToPassword(deps.passwordRules, input.newPassword, account.emailKey)
  if (objection) return { kind: 'bad-password', objection }
  // The link proves the mailbox, so strangers do not hold up its owner.
  const asked = { device: null, account: account.id, purpose: 'new', used: 0, context } as const
  const to = await deps.turns.take(asked, () => deps.passwords.hash(input.newPassword))
  if (!(await deps.links.take(id, now))) return refuse(deps, person, input)
  await deps.linkCalls.giveBack(context, link.createdAt)
  const change = {
    id: account.id,
    from: account.passwordHash,
    to,
    at: now,
    keep: null,
    endOthers: true,
    grantedOn: person.grantRevision,
  }
  const actor = accountActor(account.id)
  const targets = [{ id: account.id, type: 'ACCOUNT' }] as const
  const changed = await deps.accounts.changePassword(change, (lost) =>
    deps.audit.prepare([
      { action: 'account.password_changed', actor, targets, outcome: 'SUCCESS', reason: 'reset', context },
      ...lostTrustEvents(lost, { actor, context, reason: 'password-reset' }),
    ]),
  )
  if (!changed) return refuse(deps, person, input)
  const renewed = await deps.sessions.findPerson(account.id)
  if (!renewed) return { kind: 'not-available' }
  const attempt = { ...NO_FAILURES, now }
  const arrived = await deps.arrivals.comeIn({ ...input, first: { method: 'MAGIC_LINK' }, person: renewed, attempt })
  // Sent even if the sign-in fails, because the password has changed. The notice can take back what came of the
  // sign-in.
  const takesBack = takesBackSession('session' in arrived ? arrived.session : { signInId: null, deviceId: null })
  const about = { to: addresseeOf(person), context, details: {}, takesBack }
  const tell = () => deps.notices.tell({ ...about, name: 'password-set-by-link' })
  return 'notify' in arrived ? { ...arrived, notify: bothNotices(tell, arrived.notify) } : told(arrived, tell)
}

/** The link is invalid once the password or address has changed, or the owner has reported that it was not them. */
const isGoodFor = (link: ResetLink, person: ArrivingPerson): boolean => {
  const { emailKey, createdAt } = link
  const { account, suspicionAt } = person
  return (
    account.status === 'ACTIVE' &&
    account.emailKey === emailKey &&
    account.passwordChangedAt <= createdAt &&
    !isOutdatedGrant(link, person) &&
    (suspicionAt === null || suspicionAt <= createdAt)
  )
}

async function refuse(
  deps: ResetPasswordDeps,
  person: ArrivingPerson | null,
  { context }: ResetPasswordInput,
): Promise<ResetPasswordOutcome> {
  await deps.linkCalls.countWrong(context)
  await deps.audit.record([refusedEvent(person ? accountActor(person.account.id) : ANONYMOUS_ACTOR, context)])
  return { kind: 'not-available' }
}

async function told<T>(outcome: T, tell: () => Promise<void>): Promise<T> {
  await tell()
  return outcome
}
