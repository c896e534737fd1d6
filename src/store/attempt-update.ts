import type { OpenChallenge, SpendAttempt } from '../challenges/index.js'
import { under } from './paths.js'

/** Where the factor of a challenge is in the person's document. */
export const factorPath = (attempt: Pick<SpendAttempt, 'challenge' | 'isEnrollment' | 'factorId'>): string =>
  attempt.isEnrollment ? `enrollments.${attempt.challenge.factorType}` : `factors.${attempt.factorId}`

/** What an attempt spends of the factor and of the account, besides that of its challenge. */
export function spending(factor: string, { consecutiveFailures, budget }: NonNullable<OpenChallenge['spends']>) {
  const { $set = {}, $inc = {} } = budget.change
  return {
    guard: { [`${factor}.consecutiveFailures`]: consecutiveFailures, ...under('stepUpBudget', budget.guard) },
    $set: under('stepUpBudget', $set),
    $inc: { ...under('stepUpBudget', $inc), [`${factor}.consecutiveFailures`]: 1 },
  }
}
