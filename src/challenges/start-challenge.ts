import type { AccountId, SessionId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { StepUp } from '../kernel/step-up.js'
import type { OpenedChallenge } from './ask-question.js'
import { beginChallenge, type BeginChallengeDeps } from './begin-challenge.js'
import { notNow, strongestOf, type ChallengeChoice } from './open-with-session.js'

export interface SessionToChallenge {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  /** Open in the session already. */
  readonly stepUp: StepUp
}

/** Begins the challenge of an open step-up along with another answer. Null: none can begin now. */
export const createChallengeStarter =
  (deps: BeginChallengeDeps) =>
  async (
    { factorId: named }: ChallengeChoice,
    { accountId, sessionId, stepUp }: SessionToChallenge,
    context: AuditContext,
  ): Promise<OpenedChallenge | null> => {
    const factorId = named ?? strongestOf(deps.assurances, stepUp.challenge)
    const person = factorId && (await deps.challenges.find(accountId, sessionId))
    if (!person) return null
    const { mfaToken } = stepUp
    const outcome = await beginChallenge(deps, { person, factorId, mfaToken, context }).catch(notNow)
    return outcome && outcome.kind === 'begun' ? outcome.opened : null
  }
