import type { Secrets } from '../kernel/secrets.js'
import type { Confirmation } from './confirmation.js'
import type { ConfirmationStore } from './ports.js'

/** Whether the link was followed with the secret of the browser or app that requested it. */
export const isFromClient = (secrets: Secrets, link: Confirmation, client: string | null): boolean =>
  client !== null && link.clientHash !== null && secrets.equal(secrets.digest(client), link.clientHash)

export type Judged<T> =
  { kind: 'right'; value: T } | { kind: 'wrong-password'; attemptsLeft: number } | { kind: 'not-available' }

/** Checks a password at the cost of one attempt, which is spent first, so parallel guesses cannot share one. */
export async function judgePassword<T>(
  { confirmations }: { readonly confirmations: ConfirmationStore },
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
