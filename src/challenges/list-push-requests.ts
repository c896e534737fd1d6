import { askerOf } from '../factors/index.js'
import type { ChallengePurpose } from '../kernel/challenge-purpose.js'
import type { ChallengeId } from '../kernel/ids.js'
import { promptsFor, proveDevice, type DeviceCall, type PushDeviceDeps } from './push-device.js'

/** A prompt as its device shows it. It leaves out the number, which the person must type on the device. */
export interface WaitingPrompt {
  readonly challengeId: ChallengeId
  readonly purpose: ChallengePurpose
  readonly email: string
  readonly agent: string
  readonly country: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly attemptsLeft: number
}

/** The prompts waiting for a device; null for a device that did not prove itself. */
export async function listPushRequests(
  deps: PushDeviceDeps,
  call: Omit<DeviceCall, 'action' | 'subject' | 'detail'>,
): Promise<readonly WaitingPrompt[] | null> {
  const device = await proveDevice(deps, { ...call, action: 'list', subject: '', detail: '' })
  if (!device) return null
  const { email } = device.person.account
  return promptsFor(device, deps.clock.now()).map(({ challenge }) => {
    const { id: challengeId, purpose, createdAt, expiresAt, attemptsLeft, question } = challenge
    return { challengeId, purpose, email, ...askerOf(question), createdAt, expiresAt, attemptsLeft }
  })
}
