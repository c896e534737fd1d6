import { type LOST, settleOn } from '../kernel/settle.js'
import { createdEvent } from './begin-challenge.js'
import { prepareChallenge, type AskDeps } from './ask-question.js'
import {
  planChallenge,
  type ChallengeRefusal,
  type PlanChallengeDeps,
  type PlanChallengeInput,
} from './plan-challenge.js'
import type { ChallengedPerson } from './ports.js'
import { spendOn, type SpendOutcome } from './spend-attempt.js'
import type { AnswerInput, VerifyChallengeOutcome } from './verification.js'
import { judgeSpent, noAnswer, type VerifyChallengeDeps } from './verify-challenge.js'

export type AnswerAtOnceDeps = VerifyChallengeDeps & PlanChallengeDeps & Pick<AskDeps, 'audit'>

export type AnswerAtOnceInput = AnswerInput & PlanChallengeInput

export type AnswerAtOnceOutcome =
  | VerifyChallengeOutcome
  | ChallengeRefusal
  | { kind: 'asks-first' } // the factor sends or shows something first, so its challenge begins with a call of its own
  | { kind: 'session-ended' }

/**
 * Challenges a factor and judges the answer in one call, for factors whose answer the person has at hand. The challenge
 * begins with one attempt spent; if the session has the same challenge already, that one is answered.
 */
export async function answerAtOnce(deps: AnswerAtOnceDeps, input: AnswerAtOnceInput): Promise<AnswerAtOnceOutcome> {
  const spent = await settleOn(
    input.person,
    ({ account, session }) => deps.challenges.find(account.id, session.id),
    (person) => beginSpent(deps, input, person),
  )
  if (!spent) return { kind: 'session-ended' }
  return spent.kind === 'spent' ? judgeSpent(deps, input, spent) : spent
}

type BegunOutcome = SpendOutcome | ReturnType<typeof noAnswer> | ChallengeRefusal | { kind: 'asks-first' }

async function beginSpent(
  deps: AnswerAtOnceDeps,
  input: AnswerAtOnceInput,
  person: ChallengedPerson,
): Promise<BegunOutcome | typeof LOST> {
  const plan = planChallenge(deps, input, person)
  if (plan.kind !== 'ask') return plan
  const { ask, replaces } = plan
  if (ask.kind.ask) return { kind: 'asks-first' }
  const open = ask.inherits
  const { factor, purpose } = ask
  if (!(ask.kind.canBeAnswer?.({ factor, purpose, answer: input.answer }) ?? true)) {
    return noAnswer(open?.attemptsLeft ?? deps.settings.attempts)
  }
  if (open?.stepUpKey === ask.stepUpKey) {
    return spendOn(deps, person, open, (spend) => deps.challenges.spendAttempt(spend))
  }
  const prepared = await prepareChallenge(deps, ask)
  if (prepared.kind === 'resting') return { kind: 'asks-first' }
  const { challenge } = prepared
  const address = { accountId: person.account.id, sessionId: person.session.id }
  const events = deps.audit.prepare([createdEvent(person, challenge, input.context)])
  return spendOn(deps, person, challenge, ({ consecutiveFailures, budget }) =>
    deps.challenges.open({
      ...address,
      challenge,
      replaces,
      advance: null,
      spends: { consecutiveFailures, budget },
      events,
    }),
  )
}
