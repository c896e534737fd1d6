import { accountActor, type AuditLog } from '../audit/index.js'
import { askerOf } from '../factors/index.js'
import type { ChallengeId } from '../kernel/ids.js'
import { takesBackSession, type Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import { endingWithAll } from '../sessions/index.js'
import {
  promptsFor,
  proveDevice,
  type DeviceCall,
  type Prompt,
  type ProvedDevice,
  type PushDeviceDeps,
} from './push-device.js'

export interface DenyPushRequestDeps extends PushDeviceDeps {
  readonly audit: AuditLog
  readonly notices: Notices
}

export interface DenyPushRequestInput {
  readonly call: Omit<DeviceCall, 'action' | 'subject' | 'detail'>
  readonly challengeId: ChallengeId
  readonly context: AuditContext
}

export type DenyPushRequestOutcome = { kind: 'denied'; notify: () => Promise<void> } | { kind: 'not-available' } // unknown device or challenge, wrong signature, answered before: the caller cannot tell

/**
 * "This was not me": ends the challenge permanently, together with the sign-in that started it. For a day every sign-in
 * counts as riskier, and the person is told at all of the account's addresses (R043).
 */
export async function denyPushRequest(
  deps: DenyPushRequestDeps,
  input: DenyPushRequestInput,
): Promise<DenyPushRequestOutcome> {
  const { challengeId, context } = input
  const now = deps.clock.now()
  const device = await proveDevice(deps, { ...input.call, action: 'deny', subject: challengeId, detail: '' })
  const prompt = device && promptsFor(device, now).find(({ challenge }) => challenge.id === challengeId)
  if (!prompt) return { kind: 'not-available' }
  const { session, challenge } = prompt
  const isDenied = await deps.pushDevices.deny({
    ...device.name,
    sessionId: session.id,
    challengeId,
    isEnrollment: challenge.purpose === 'ENROLLMENT',
    publicKey: device.publicKey,
    endsSession: session.state === 'pending',
    ending: endingWithAll(device.person.sessions, [session.id]),
    now,
    events: deps.audit.prepare([deniedEvent(device, prompt, context)]),
  })
  if (!isDenied) return { kind: 'not-available' }
  return { kind: 'denied', notify: () => deps.notices.tell(noticeOf(device, prompt, context)) }
}

function deniedEvent({ name, factor }: ProvedDevice, { session, challenge }: Prompt, context: AuditContext) {
  return {
    action: 'push.denied',
    actor: accountActor(name.accountId),
    targets: [
      { id: challenge.id, type: 'CHALLENGE' },
      { id: factor.id, type: 'FACTOR' },
      { id: session.id, type: 'SESSION' },
    ],
    outcome: 'DENIED',
    context,
    metadata: { purpose: challenge.purpose, askedFrom: askerOf(challenge.question).agent },
  } as const
}

function noticeOf({ person, factor }: ProvedDevice, { session, challenge }: Prompt, context: AuditContext) {
  const { account, noticeAddresses } = person
  const asker = askerOf(challenge.question)
  return {
    name: 'push-denied',
    to: { accountId: account.id, addresses: noticeAddresses, language: account.language },
    context,
    details: { factor: factor.name, agent: asker.agent, country: asker.country ?? '' },
    takesBack: takesBackSession(session),
  } as const
}
