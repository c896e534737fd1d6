import type { Secrets } from '../kernel/secrets.js'
import type { Confirmation } from './confirmation.js'
import type { ConfirmationStore } from './ports.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Turns } from '../kernel/turns.js'

/** Whether the link was followed with the secret of the browser or app that requested it. */
export const isFromClient = (secrets: Secrets, link: Confirmation, client: string | null): boolean =>
  client !== null && link.clientHash !== null && secrets.equal(secrets.digest(client), link.clientHash)

export type Judged<T> =
  { kind: 'right'; value: T } | { kind: 'wrong-password'; attemptsLeft: number } | { kind: 'not-available' }

export interface JudgePasswordDeps {
  readonly confirmations: ConfirmationStore
  readonly turns: Turns
}

/**
 * Checks a password at the cost of one attempt, which is spent first, so parallel guesses cannot share one. Both happen
 * in the caller's turn, so a caller that gets no turn keeps the attempt.
 */
export function judgePassword<T>(
  { confirmations, turns }: JudgePasswordDeps,
  link: Confirmation,
  { now, context }: { readonly now: Date; readonly context: AuditContext },
  judge: () => Promise<T | null>,
): Promise<Judged<T>> {
  const purpose = link.kind === 'SIGN_UP' ? 'new' : 'check'
  const asked = { device: null, account: null, purpose, used: 0, context } as const
  return turns.take(asked, () => judgeInTurn(confirmations, link, now, judge))
}

async function judgeInTurn<T>(
  confirmations: ConfirmationStore,
  link: Confirmation,
  now: Date,
  judge: () => Promise<T | null>,
): Promise<Judged<T>> {
  const attempts = link.attemptsLeft ?? 1
  if (attempts <= 0 || !(await confirmations.spendAttempt(link.id, link.attemptsLeft, now))) {
    return { kind: 'not-available' }
  }
  const value = await judge()
  return value === null ? { kind: 'wrong-password', attemptsLeft: attempts - 1 } : { kind: 'right', value }
}
