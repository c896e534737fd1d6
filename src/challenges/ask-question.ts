import { accountActor, type AuditLog } from '../audit/index.js'
import type { Asked, Factor, FactorKind, FactorKinds, OutgoingMessage, QuestionShown } from '../factors/index.js'
import { NOTHING_SHOWN, Undeliverable } from '../factors/index.js'
import type { ChallengePurpose } from '../kernel/challenge-purpose.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import { newId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import { resendDelay, type Challenge, type ChallengeSettings } from './challenge.js'
import type { ChallengedPerson, ChallengeStore } from './ports.js'

export interface AskDeps {
  readonly challenges: ChallengeStore
  readonly kinds: FactorKinds
  readonly audit: AuditLog
  readonly clock: Clock
  readonly settings: ChallengeSettings
}

export interface AskInput {
  readonly person: ChallengedPerson
  readonly factor: Factor
  readonly kind: FactorKind
  readonly purpose: ChallengePurpose
  readonly stepUpKey: string | null
  /** The challenge it replaces, whose attempts and message count it inherits. */
  readonly inherits: Challenge | null
  readonly context: AuditContext
}

export interface PreparedChallenge {
  readonly kind: 'prepared'
  readonly challenge: Challenge
  readonly asked: Extract<Asked, { kind: 'asked' }>
}

const PLAIN: Extract<Asked, { kind: 'asked' }> = { kind: 'asked', question: {}, shown: NOTHING_SHOWN, message: null }

/** Prepares a challenge with its question. Nothing is stored, spent or sent yet. */
export async function prepareChallenge(
  deps: AskDeps,
  input: AskInput,
): Promise<PreparedChallenge | { kind: 'resting'; until: Date }> {
  const { person, factor, kind, purpose, inherits } = input
  const now = deps.clock.now()
  const id = newId<Challenge['id']>()
  const asked =
    (await kind.ask?.({
      accountId: person.account.id,
      factor,
      factors: Object.values(person.factorRecords),
      challengeId: id,
      purpose,
      label: person.account.email,
      language: person.account.language,
      isKnownCaller: isKnownCaller(person),
      // The address of an account linked to another login was never proved here.
      ownMailbox: person.account.linkedTo === null ? person.account.emailKey : null,
      context: input.context,
      now,
    })) ?? PLAIN
  if (asked.kind === 'resting') return asked
  const messages = (inherits?.messages ?? 0) + (asked.message ? 1 : 0)
  const challenge: Challenge = {
    id,
    purpose,
    factorId: factor.id,
    factorType: factor.type,
    createdAt: now,
    expiresAt: secondsAfter(now, kind.challengeSeconds),
    attemptsLeft: inherits?.attemptsLeft ?? deps.settings.attempts,
    stepUpKey: input.stepUpKey,
    question: asked.question,
    messages,
    resendAvailableAt: asked.message ? secondsAfter(now, resendDelay(messages, deps.settings)) : null,
  }
  return { kind: 'prepared', challenge, asked }
}

/** A pending session on an unknown device has proved no more than the password. */
function isKnownCaller({ session: { state, arrivedBy } }: ChallengedPerson): boolean {
  return state === 'active' || arrivedBy.deviceToken === 'trusted' || arrivedBy.deviceToken === 'known'
}

/** An open challenge, and what its session is shown of it. */
export interface OpenedChallenge {
  readonly challenge: Challenge
  readonly shown: QuestionShown
}

/**
 * Sends the message of a stored challenge. If it cannot be handed over, another may be requested at once and an event
 * records it. False when the message can never be delivered; throws `Unavailable` when the next hop is down.
 */
export async function sendMessage(
  deps: AskDeps,
  { person, context }: Pick<AskInput, 'person' | 'context'>,
  challenge: Challenge,
  message: OutgoingMessage,
): Promise<boolean> {
  try {
    await message.send()
    return true
  } catch (fault) {
    const accountId = person.account.id
    const address = { accountId, sessionId: person.session.id, factorId: challenge.factorId }
    await deps.challenges.allowResend(address, challenge.id, deps.clock.now())
    await deps.audit.record([
      {
        action: 'message.undelivered',
        actor: accountActor(accountId),
        targets: [
          { id: challenge.id, type: 'CHALLENGE' },
          { id: challenge.factorId, type: 'FACTOR' },
        ],
        outcome: 'FAILURE',
        context,
        metadata: { factorType: challenge.factorType },
      },
    ])
    if (fault instanceof Undeliverable) return false
    throw fault
  }
}
