import { accountActor, type AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import { addresseeOf, takesBackSession, type Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Account } from './account.js'
import type { EmailChangeConfirmation, SignUpConfirmation } from './confirmation.js'
import { newAccount } from './new-account.js'
import type { AccountStore, ConfirmationStore } from './ports.js'

export interface VerifyEmailDeps {
  readonly accounts: AccountStore
  readonly confirmations: ConfirmationStore
  readonly notices: Notices
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
}

export type VerifyEmailOutcome =
  | { kind: 'account-created'; account: Account }
  | { kind: 'email-changed'; account: Account; notify: () => Promise<void> }
  | { kind: 'not-available' } // unknown, expired, used, or the address was taken meanwhile

/** Follows a link sent by e-mail: makes the account of a sign-up, or gives an account its new address. */
export async function verifyEmail(
  deps: VerifyEmailDeps,
  input: { readonly token: string; readonly context: AuditContext },
): Promise<VerifyEmailOutcome> {
  const confirmation = await deps.confirmations.take(deps.secrets.digest(input.token), deps.clock.now())
  if (!confirmation) return { kind: 'not-available' }
  if (confirmation.kind === 'SIGN_UP') return createAccount(deps, confirmation, input.context)
  return replaceEmail(deps, confirmation, input.context)
}

async function createAccount(
  deps: VerifyEmailDeps,
  confirmation: SignUpConfirmation,
  context: AuditContext,
): Promise<VerifyEmailOutcome> {
  const { accountId: id, email, emailKey, passwordHash, language } = confirmation
  const account = await deps.accounts.create(
    newAccount({ id, email, emailKey, passwordHash, language, at: deps.clock.now() }),
  )
  if (!account) return { kind: 'not-available' }
  await deps.confirmations.forgetSignUps(emailKey)
  await deps.audit.record([accountEvent('account.created', account, context)])
  return { kind: 'account-created', account }
}

async function replaceEmail(
  deps: VerifyEmailDeps,
  confirmation: EmailChangeConfirmation,
  context: AuditContext,
): Promise<VerifyEmailOutcome> {
  const before = await deps.accounts.find(confirmation.accountId)
  if (!before) return { kind: 'not-available' }
  const { email, emailKey, createdAt: askedAt } = confirmation
  // The old mailbox was told to change the password if it was not them: that stops a change under way.
  const changed = await deps.accounts.changeEmail(before.id, { email, emailKey, at: deps.clock.now(), askedAt })
  if (!changed || changed === 'taken') return { kind: 'not-available' }
  const { account, noticeAddresses } = changed
  await deps.confirmations.forgetSignUps(emailKey)
  await deps.audit.record([accountEvent('account.email_changed', account, context)])
  const { askedBy } = confirmation
  const notify = () =>
    deps.notices.tell({
      name: 'email-changed',
      // The old address most of all: it is the one its owner may still read.
      to: addresseeOf({ account, noticeAddresses: [before.email, ...noticeAddresses] }),
      context,
      details: {},
      takesBack: askedBy ? takesBackSession(askedBy) : null,
    })
  return { kind: 'email-changed', account, notify }
}

function accountEvent(action: 'account.created' | 'account.email_changed', account: Account, context: AuditContext) {
  const target = { id: account.id, type: 'ACCOUNT' } as const
  return { action, actor: accountActor(account.id), targets: [target], outcome: 'SUCCESS', context } as const
}
