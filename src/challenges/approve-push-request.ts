import { accountActor, NO_EVENTS, type AuditLog } from '../audit/index.js'
import { isRightNumber, pushStateOf } from '../factors/index.js'
import type { ChallengeId } from '../kernel/ids.js'
import type { Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { LOST, untilSettled } from '../kernel/settle.js'
import { giveBackStepUpAttempt } from '../limits/index.js'
import {
  inSession,
  promptsFor,
  proveDevice,
  type DeviceCall,
  type ProvedDevice,
  type PushDeviceDeps,
} from './push-device.js'
import { spendAttempt, type SpendDeps, type SpentChallenge } from './spend-attempt.js'
import { answerWrong } from './verify-challenge.js'

export interface ApprovePushRequestDeps extends PushDeviceDeps, SpendDeps {
  readonly secrets: Secrets
  readonly audit: AuditLog
  readonly notices: Notices
}

export interface ApprovePushRequestInput {
  readonly call: Omit<DeviceCall, 'action' | 'subject' | 'detail'>
  readonly challengeId: ChallengeId
  /** As typed. */
  readonly number: string
  readonly context: AuditContext
}

export type ApprovePushRequestOutcome =
  | { kind: 'approved' }
  | { kind: 'wrong-answer'; attemptsLeft: number; notify: () => Promise<void> }
  | { kind: 'not-available' } // unknown device or challenge, wrong signature, answered before: the caller cannot tell
  | { kind: 'locked'; until: Date }

/**
 * Checks the number typed on the device. A wrong number costs what a wrong code costs; the right one lets the session
 * that started the prompt finish with `verifyChallenge`, which checks locks and expiry again (R017, R043).
 */
export async function approvePushRequest(
  deps: ApprovePushRequestDeps,
  input: ApprovePushRequestInput,
): Promise<ApprovePushRequestOutcome> {
  const { challengeId, number, context } = input
  const device = await proveDevice(deps, { ...input.call, action: 'approve', subject: challengeId, detail: number })
  const prompt = device && promptsFor(device, deps.clock.now()).find(({ challenge }) => challenge.id === challengeId)
  if (!prompt) return { kind: 'not-available' }
  // Spent before the number is checked, as with a code, so parallel guesses cannot share one attempt.
  const spent = await spendAttempt(deps, inSession(device.person, prompt.session), challengeId)
  if (spent.kind !== 'spent') return spent
  if (!isRightNumber(deps.secrets, challengeId, spent.challenge.question, number)) {
    return answerWrong(deps, { context }, spent, { kind: 'wrong', because: 'wrong-number' })
  }
  const isApproved = await approve(deps, device, spent, context)
  return isApproved ? { kind: 'approved' } : { kind: 'not-available' }
}

/**
 * Marks the challenge as approved and gives the attempt back, in one update. Of several parallel right answers one
 * approves, and the others only get their attempts back.
 */
async function approve(
  deps: ApprovePushRequestDeps,
  device: ProvedDevice,
  spent: SpentChallenge,
  context: AuditContext,
): Promise<boolean> {
  const { person, challenge, attempt } = spent
  const address = { accountId: person.account.id, sessionId: person.session.id, factorId: challenge.factorId }
  let budget = person.stepUpBudget
  let from: 'waiting' | 'approved' = 'waiting'
  return untilSettled(async () => {
    const isDone = await deps.pushDevices.approve({
      ...address,
      challengeId: challenge.id,
      from,
      isEnrollment: challenge.purpose === 'ENROLLMENT',
      publicKey: device.publicKey,
      now: deps.clock.now(),
      budget: giveBackStepUpAttempt(budget, attempt),
      events: from === 'waiting' ? deps.audit.prepare([approvedEvent(device, spent, context)]) : NO_EVENTS,
    })
    if (isDone) return true
    const current = await deps.challenges.find(address.accountId, address.sessionId)
    const state = pushStateOf(current?.session.challenges[address.factorId]?.question ?? {})
    // Denied, passed or replaced meanwhile: there is nothing left to approve.
    if (!current || (state !== 'waiting' && state !== 'approved')) return false
    budget = current.stepUpBudget
    from = state
    return LOST
  })
}

function approvedEvent({ name }: ProvedDevice, { challenge }: SpentChallenge, context: AuditContext) {
  return {
    action: 'push.approved',
    actor: accountActor(name.accountId),
    targets: [
      { id: challenge.id, type: 'CHALLENGE' },
      { id: name.factorId, type: 'FACTOR' },
    ],
    outcome: 'SUCCESS',
    context,
    metadata: { factorType: challenge.factorType, purpose: challenge.purpose },
  } as const
}
