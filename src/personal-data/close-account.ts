import type { AccountOwner, PasswordGuesses, PasswordHasher } from '../accounts/index.js'
import { accountActor } from '../audit/index.js'
import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Turns } from '../kernel/turns.js'
import { beginErasure, type BeginErasureDeps, type BeginErasureOutcome } from './begin-erasure.js'
import type { PersonOnRecord } from './ports.js'

export interface CloseAccountDeps extends BeginErasureDeps {
  readonly passwords: PasswordHasher
  readonly turns: Turns
  /** A stolen session must not be a way to guess the password. */
  readonly guesses: PasswordGuesses
}

export interface CloseAccountInput {
  readonly person: PersonOnRecord & Pick<AccountOwner, 'session'>
  /** Required where the account has one. */
  readonly password: string | null
  readonly context: AuditContext
}

export type CloseAccountOutcome = BeginErasureOutcome | { readonly kind: 'wrong-password' }

/** Closes the caller's account. The guard has already checked the proofs; the password confirms the intent. */
export async function closeAccount(deps: CloseAccountDeps, input: CloseAccountInput): Promise<CloseAccountOutcome> {
  const { person, password, context } = input
  const { id, passwordHash, emailKey } = person.account
  if (passwordHash !== null && !(await isPasswordRight(deps, { id, emailKey, passwordHash, password, context }))) {
    await deps.audit.record([
      {
        action: 'account.close_failed',
        actor: accountActor(id),
        targets: [{ id, type: 'ACCOUNT' }],
        outcome: 'FAILURE',
        reason: 'wrong-password',
        context,
      },
    ])
    return { kind: 'wrong-password' }
  }
  return beginErasure(deps, {
    person,
    begunBy: { action: 'account.closed', accountId: id, ground: null },
    asRead: { passwordHash, sessionId: person.session.id },
    abandonsOrganizations: false,
    context,
  })
}

function isPasswordRight(
  { guesses, passwords, turns }: CloseAccountDeps,
  {
    id,
    emailKey,
    passwordHash,
    password,
    context,
  }: Omit<CloseAccountInput, 'person'> & {
    readonly id: AccountId
    readonly emailKey: string
    readonly passwordHash: string
  },
): Promise<boolean> {
  if (password === null) return Promise.resolve(false)
  const guess = { emailKey, knownDevice: context.deviceId, context }
  return guesses.judge(guess, (used) =>
    turns.take({ device: null, account: id, purpose: 'check', used, context }, () =>
      passwords.verify(password, passwordHash),
    ),
  )
}
