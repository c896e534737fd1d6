import { accountActor, lostTrustEvents, type LostTrust, type NewAuditEvent } from '../audit/index.js'
import { codesLeft, type Factor, type Judgement } from '../factors/index.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { RaisedSession } from '../sessions/index.js'
import type { Enrollment } from './activate-factor.js'
import type { Challenge } from './challenge.js'
import type { ChallengedPerson } from './ports.js'

interface Answered {
  readonly person: ChallengedPerson
  readonly challenge: Challenge
  readonly factor: Factor
  readonly context: AuditContext
}

export interface WrongAnswer extends Answered {
  readonly judgement: Exclude<Judgement, { kind: 'right' }>
  readonly isExhausted: boolean
  readonly isDisabled: boolean
  readonly locksUntil: Date | null
}

/** The audit events of a wrong answer: the failure, and every lock it closed. */
export function failureEvents(answer: WrongAnswer): NewAuditEvent[] {
  const base = { ...about(answer), outcome: 'FAILURE' } as const
  const events: NewAuditEvent[] = [
    {
      ...base,
      action: 'challenge.failed',
      reason: reasonOf(answer.judgement),
      metadata: { ...kindOf(answer), attemptsLeft: answer.challenge.attemptsLeft },
    },
  ]
  if (events[0]?.reason === COUNTER_REGRESSED) {
    events.push({ ...base, action: 'passkey.counter_regressed', metadata: kindOf(answer) })
  }
  if (answer.isExhausted) {
    events.push({
      ...base,
      action: 'limit.reached',
      outcome: 'DENIED',
      reason: 'challenge-attempts',
      metadata: kindOf(answer),
    })
  }
  if (answer.locksUntil) {
    events.push({ ...base, action: 'step_up.locked', metadata: { lockedUntil: answer.locksUntil } })
  }
  if (answer.isDisabled) {
    events.push({ ...base, action: 'factor.disabled', reason: 'consecutive-failures', metadata: kindOf(answer) })
  }
  return events
}

export interface RightAnswer extends Answered {
  readonly raised: RaisedSession
  /** Set when the answer activated the factor. */
  readonly enrollment: Enrollment | null
  readonly lost: LostTrust | null
}

/** The reason the WEBAUTHN kind gives for a passkey whose counter went backwards (R096). */
const COUNTER_REGRESSED = 'counter-regressed'

const reasonOf = (judgement: WrongAnswer['judgement']): string =>
  judgement.kind === 'unreadable' ? 'stored-secret-unreadable' : (judgement.because ?? 'wrong-answer')

/** The audit events of a right answer: the pass and its consequences. They name the session by its new id. */
export function passEvents(answer: RightAnswer): NewAuditEvent[] {
  const { raised, challenge } = answer
  const context = { ...answer.context, sessionId: raised.session.id, deviceId: raised.session.deviceId }
  const base = { ...about(answer), context, outcome: 'SUCCESS' } as const
  const events: NewAuditEvent[] = [{ ...base, action: 'challenge.passed', metadata: kindOf(answer) }]
  events.push(...enrollmentEvents(answer, base))
  if (challenge.factorType === 'RECOVERY_CODE') {
    events.push({ ...base, action: 'recovery_code.used', metadata: { codesLeft: (codesLeft(answer.factor) ?? 1) - 1 } })
  }
  if (challenge.stepUpKey !== null) events.push({ ...base, action: 'step_up.satisfied', metadata: kindOf(answer) })
  const device = raised.arrival?.device.device
  const before = raised.arrival?.device.before
  if (device?.rememberedUntil && device.rememberedUntil > challenge.createdAt) {
    const target = { id: device.id, type: 'DEVICE' } as const
    const metadata = { until: device.rememberedUntil }
    const isKept = before?.rememberedUntil?.getTime() === device.rememberedUntil.getTime()
    events.push({ ...base, action: isKept ? 'device.rotated' : 'device.remembered', targets: [target], metadata })
  }
  return events
}

type EventBase = Pick<NewAuditEvent, 'actor' | 'targets' | 'context' | 'outcome'>

function enrollmentEvents(answer: RightAnswer, base: EventBase): NewAuditEvent[] {
  const { enrollment, lost } = answer
  const activation = enrollment?.activation
  const target = (id: string) => [{ id, type: 'FACTOR' }] as const
  const reason = enrollment ? 'factor-replaced' : 'recovery-code-used'
  return [
    ...(enrollment ? [{ ...base, action: 'factor.activated', metadata: kindOf(answer) } as const] : []),
    ...(activation?.removes ?? []).map(
      (id) => ({ ...base, action: 'factor.removed', targets: target(id), reason }) as const,
    ),
    ...(activation?.recovery
      ? [{ ...base, action: 'recovery_codes.generated', targets: target(activation.recovery.id) } as const]
      : []),
    ...(lost ? lostTrustEvents(lost, { actor: base.actor, context: base.context, reason }) : []),
  ]
}

export function expiredEvent(person: ChallengedPerson, challenge: Challenge, context: AuditContext): NewAuditEvent {
  return {
    action: 'challenge.expired',
    actor: accountActor(person.account.id),
    targets: [
      { id: challenge.id, type: 'CHALLENGE' },
      { id: challenge.factorId, type: 'FACTOR' },
    ],
    outcome: 'FAILURE',
    context,
    metadata: kindOf({ challenge }),
  }
}

function about(answer: Answered) {
  return {
    actor: accountActor(answer.person.account.id),
    targets: [
      { id: answer.challenge.id, type: 'CHALLENGE' },
      { id: answer.factor.id, type: 'FACTOR' },
    ],
    context: answer.context,
  } as const
}

const kindOf = ({ challenge }: Pick<Answered, 'challenge'>) => ({
  factorType: challenge.factorType,
  purpose: challenge.purpose,
})
