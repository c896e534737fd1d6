import { accountActor, type AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Turns } from '../kernel/turns.js'
import type { SignUpConfirmation } from './confirmation.js'
import { newAccount } from './new-account.js'
import type { PasswordHasher } from './password-hash.js'
import type { AccountStore, ConfirmationStore } from './ports.js'
import { isFromClient, judgePassword } from './prove-asker.js'
import type { VerifyEmailInput, VerifyEmailOutcome } from './following.js'

export interface ConfirmSignUpDeps {
  readonly accounts: AccountStore
  readonly confirmations: ConfirmationStore
  readonly passwords: Pick<PasswordHasher, 'verify'>
  readonly turns: Turns
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
}

/** Maximum number of sign-ups one password is compared with: each comparison costs as much as a sign-in. */
const MOST_COMPARED = 4

/**
 * Creates the account of a sign-up. Any link to the mailbox proves the mailbox, so the owner may follow the link of an
 * attacker's sign-up too: the browser or the password decides which of the open sign-ups becomes the account.
 */
export async function confirmSignUp(
  deps: ConfirmSignUpDeps,
  link: SignUpConfirmation,
  input: VerifyEmailInput,
): Promise<VerifyEmailOutcome> {
  const now = deps.clock.now()
  const own = await signUpOfClient(deps, link, input.client, now)
  if (own) return createAccount(deps, own, input, now)
  const { password, context } = input
  if (password === null) return { kind: 'proof-required' }
  const judged = await judgePassword(deps, link, { now, context }, () => signUpWith(deps, link, password, now))
  return judged.kind === 'right' ? createAccount(deps, judged.value, input, now) : judged
}

async function signUpOfClient(
  { confirmations, secrets }: ConfirmSignUpDeps,
  link: SignUpConfirmation,
  client: string | null,
  now: Date,
): Promise<SignUpConfirmation | null> {
  if (client === null) return null
  if (isFromClient(secrets, link, client)) return link
  return confirmations.signUpOf(link.emailKey, secrets.digest(client), now)
}

async function signUpWith(
  { confirmations, passwords }: ConfirmSignUpDeps,
  link: SignUpConfirmation,
  password: string,
  now: Date,
): Promise<SignUpConfirmation | null> {
  if (await passwords.verify(password, link.passwordHash)) return link
  for (const other of await confirmations.signUpsFor(link.emailKey, MOST_COMPARED, now)) {
    if (other.id !== link.id && (await passwords.verify(password, other.passwordHash))) return other
  }
  return null
}

async function createAccount(
  deps: ConfirmSignUpDeps,
  chosen: SignUpConfirmation,
  { context }: VerifyEmailInput,
  now: Date,
): Promise<VerifyEmailOutcome> {
  const signUp = await deps.confirmations.take(chosen.id, now)
  if (signUp?.kind !== 'SIGN_UP') return { kind: 'not-available' }
  const { accountId: id, email, emailKey, passwordHash, language } = signUp
  const made = newAccount({ id, email, emailKey, passwordHash, language, at: now })
  const account = await deps.accounts.create(made, (created) => {
    const targets = [{ id: created.id, type: 'ACCOUNT' }] as const
    const actor = accountActor(created.id)
    return deps.audit.prepare([{ action: 'account.created', actor, targets, outcome: 'SUCCESS', context }])
  })
  if (!account) return { kind: 'not-available' }
  // Every other sign-up for the address is removed too, along with the links that led here (R059).
  await deps.confirmations.forgetSignUps(emailKey)
  return { kind: 'account-created', account, signedUpAt: signUp.createdAt }
}
