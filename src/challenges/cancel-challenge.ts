import { accountActor, type AuditLog } from '../audit/index.js'
import type { ChallengeId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { ChallengedPerson, ChallengeStore } from './ports.js'

export interface CancelChallengeDeps {
  readonly challenges: ChallengeStore
  readonly audit: AuditLog
}

export interface CancelChallengeInput {
  readonly person: ChallengedPerson
  readonly challengeId: ChallengeId
  readonly context: AuditContext
}

/**
 * Cancels a challenge. One with spent attempts stays until it expires, so that cancelling and starting again gives no
 * fresh attempts. False when the session has no such challenge.
 */
export async function cancelChallenge(deps: CancelChallengeDeps, input: CancelChallengeInput): Promise<boolean> {
  const { person, challengeId } = input
  const challenge = Object.values(person.session.challenges).find((candidate) => candidate.id === challengeId)
  if (!challenge) return false
  const address = { accountId: person.account.id, sessionId: person.session.id, factorId: challenge.factorId }
  const events = deps.audit.prepare([
    {
      action: 'challenge.cancelled',
      actor: accountActor(person.account.id),
      targets: [{ id: challengeId, type: 'CHALLENGE' }],
      outcome: 'SUCCESS',
      context: input.context,
    },
  ])
  return deps.challenges.cancel(address, challengeId, events)
}
