import { accountActor } from '../audit/index.js'
import type { AuditContext } from '../kernel/request-context.js'
import { LOST, settleOn } from '../kernel/settle.js'
import {
  prepareChallenge,
  sendMessage,
  type AskDeps,
  type OpenedChallenge,
  type PreparedChallenge,
} from './ask-question.js'
import type { Challenge } from './challenge.js'
import {
  planChallenge,
  type ChallengeRefusal,
  type PlanChallengeDeps,
  type PlanChallengeInput,
} from './plan-challenge.js'
import type { ChallengedPerson } from './ports.js'

export type BeginChallengeDeps = AskDeps & PlanChallengeDeps

export interface BeginChallengeInput extends PlanChallengeInput {
  readonly person: ChallengedPerson
}

export type BeginChallengeOutcome =
  | { kind: 'begun'; opened: OpenedChallenge }
  | ChallengeRefusal
  | { kind: 'resting'; until: Date } // the factor was prompted too often and is paused
  | { kind: 'undeliverable' } // the next hop refused the message permanently
  | { kind: 'limited'; retryAfterSeconds: number } // a message budget is used up
  | { kind: 'session-ended' }

/**
 * Challenges a session about one of the person's factors. Only mutations get here: a query never starts or sends
 * anything.
 */
export async function beginChallenge(
  deps: BeginChallengeDeps,
  input: BeginChallengeInput,
): Promise<BeginChallengeOutcome> {
  const { context } = input
  const prepare = preparing(deps)
  const begin = async (person: ChallengedPerson): Promise<BeginChallengeOutcome | typeof LOST> => {
    const ready = await prepare(input, person)
    if (ready.kind !== 'ready') return ready
    const { challenge, asked, replaces } = ready
    const address = { accountId: person.account.id, sessionId: person.session.id }
    const events = deps.audit.prepare([createdEvent(person, challenge, context)])
    const advance = asked.advance ?? null
    if (!(await deps.challenges.open({ ...address, challenge, replaces, advance, spends: null, events }))) return LOST
    const isSent = !asked.message || (await sendMessage(deps, { person, context }, challenge, asked.message))
    return isSent ? { kind: 'begun', opened: { challenge, shown: asked.shown } } : { kind: 'undeliverable' }
  }
  const reread = ({ account, session }: ChallengedPerson) => deps.challenges.find(account.id, session.id)
  return (await settleOn(input.person, reread, begin)) ?? { kind: 'session-ended' }
}

/** A challenge that may be stored. Its message is admitted, and sent once it is. */
export interface ReadyChallenge extends Omit<PreparedChallenge, 'kind'> {
  readonly kind: 'ready'
  readonly replaces: Challenge | null
}

type NotReady = Exclude<BeginChallengeOutcome, { kind: 'begun' | 'undeliverable' | 'session-ended' }>

/** Prepares one challenge, again if the person changed meanwhile. Its message is admitted once. */
export function preparing(
  deps: BeginChallengeDeps,
): (input: PlanChallengeInput, person: ChallengedPerson) => Promise<ReadyChallenge | NotReady> {
  let isAdmitted = false
  return async (input, person) => {
    const plan = planChallenge(deps, input, person)
    if (plan.kind !== 'ask') return plan
    const prepared = await prepareChallenge(deps, plan.ask)
    if (prepared.kind === 'resting') return prepared
    const { message } = prepared.asked
    if (message && !isAdmitted) {
      const admission = await message.admit()
      if (admission.kind === 'refused') return { kind: 'limited', retryAfterSeconds: admission.retryAfterSeconds }
      isAdmitted = true
    }
    return { ...prepared, kind: 'ready', replaces: plan.replaces }
  }
}

export function createdEvent(person: ChallengedPerson, challenge: Challenge, context: AuditContext) {
  return {
    action: 'challenge.created',
    actor: accountActor(person.account.id),
    targets: [
      { id: challenge.id, type: 'CHALLENGE' },
      { id: challenge.factorId, type: 'FACTOR' },
    ],
    outcome: 'SUCCESS',
    context,
    metadata: { factorType: challenge.factorType, purpose: challenge.purpose, messages: challenge.messages },
  } as const
}
