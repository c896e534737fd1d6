import { accountActor, lostTrustEvents, type AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import { addresseeOf, takesBackSession, type Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Turns } from '../kernel/turns.js'
import type { Account } from './account.js'
import type { PasswordHasher } from './password-hash.js'
import { objectToPassword, type PasswordObjection, type PasswordRules } from './password-policy.js'
import type { AccountOwner, AccountStore, PasswordGuesses } from './ports.js'

export interface ChangePasswordDeps {
  readonly accounts: AccountStore
  readonly passwords: PasswordHasher
  readonly turns: Turns
  readonly passwordRules: PasswordRules
  /** A stolen session must not be a way to guess the password either. */
  readonly guesses: PasswordGuesses
  readonly notices: Notices
  readonly audit: AuditLog
  readonly clock: Clock
}

/** An owner whose password is read too. */
export type OwnerWithPassword = AccountOwner & { readonly account: Pick<Account, 'passwordHash'> }

export interface ChangePasswordInput {
  readonly owner: OwnerWithPassword
  /** Null: none was given, which is right when the account has no password. */
  readonly currentPassword: string | null
  readonly newPassword: string
  readonly endOthers: boolean
  readonly context: AuditContext
}

export type ChangePasswordOutcome =
  | { kind: 'changed'; account: Account; notify: () => Promise<void> }
  | { kind: 'wrong-password' }
  | { kind: 'bad-password'; objection: PasswordObjection }
  | { kind: 'linked' } // an external login signs the person in, so a password of ours would open nothing

/**
 * Replaces the password, or gives the account its first one. Remembered devices are forgotten and, unless requested
 * otherwise, other sessions end.
 */
export async function changePassword(
  deps: ChangePasswordDeps,
  input: ChangePasswordInput,
): Promise<ChangePasswordOutcome> {
  const { account, session } = input.owner
  if (account.linkedTo !== null) return { kind: 'linked' }
  const objection = objectToPassword(deps.passwordRules, input.newPassword, account.emailKey)
  if (objection) return { kind: 'bad-password', objection }
  const event = {
    actor: accountActor(account.id),
    targets: [{ id: account.id, type: 'ACCOUNT' }],
    context: input.context,
  } as const
  if (!(await isRight(deps, input))) {
    await deps.audit.record([
      { ...event, action: 'account.password_change_failed', outcome: 'FAILURE', reason: 'wrong-password' },
    ])
    return { kind: 'wrong-password' }
  }
  const asked = { device: null, account: account.id, purpose: 'new', used: 0, context: input.context } as const
  const isFirst = account.passwordHash === null
  const because = { actor: event.actor, context: event.context, reason: 'password-changed' }
  const change = {
    id: account.id,
    from: account.passwordHash,
    to: await deps.turns.take(asked, () => deps.passwords.hash(input.newPassword)),
    at: deps.clock.now(),
    keep: session.id,
    endOthers: input.endOthers,
    grantedOn: input.owner.grantRevision,
  }
  const changed = await deps.accounts.changePassword(change, (lost) =>
    deps.audit.prepare([
      { ...event, action: 'account.password_changed', outcome: 'SUCCESS', ...(isFirst ? { reason: 'first' } : {}) },
      ...lostTrustEvents(lost, because),
    ]),
  )
  // The password changed between read and write, so the check is outdated. Of two parallel first passwords, one wins.
  if (!changed) return { kind: 'wrong-password' }
  return {
    kind: 'changed',
    account: changed.account,
    notify: () =>
      deps.notices.tell({
        name: 'password-changed',
        to: addresseeOf(input.owner),
        context: input.context,
        details: {},
        takesBack: takesBackSession(session),
      }),
  }
}

async function isRight(deps: ChangePasswordDeps, input: ChangePasswordInput): Promise<boolean> {
  const { currentPassword, context } = input
  const { id, emailKey, passwordHash } = input.owner.account
  // Nothing was guessed, so nothing is counted.
  if (currentPassword === null) return passwordHash === null
  const guess = { emailKey, knownDevice: context.deviceId, context }
  return deps.guesses.judge(guess, (used) =>
    deps.turns.take({ device: null, account: id, purpose: 'check', used, context }, () =>
      deps.passwords.verify(currentPassword, passwordHash),
    ),
  )
}
