import {
  isSignedBy,
  parseDeviceName,
  pushStateOf,
  readPushMaterial,
  type DeviceName,
  type Factor,
  type SignedCall,
} from '../factors/index.js'
import { isExpired } from '../kernel/actor.js'
import { secondsBetween, type Clock } from '../kernel/clock.js'
import { isShown } from '../sessions/index.js'
import type { Challenge } from './challenge.js'
import type { ChallengedPerson, ChallengedSession, PersonWithDevices, PushStore } from './ports.js'

export interface PushDeviceDeps {
  readonly pushDevices: PushStore
  readonly clock: Clock
  /** The gateway's public URL, which devices sign as the recipient of their calls. */
  readonly audience: string
}

/** A call as a device sends it, unverified. */
export interface DeviceCall extends Pick<SignedCall, 'action' | 'subject' | 'detail' | 'issuedAt'> {
  /** `<account>.<factor>`. */
  readonly device: string
  readonly signature: string
}

/** A device that proved its key, and its owner. */
export interface ProvedDevice {
  readonly name: DeviceName
  readonly person: PersonWithDevices
  readonly factor: Factor
  readonly publicKey: string
}

/** Maximum difference between the clocks of device and gateway; also how long a signed call can be repeated. */
const CLOCK_SECONDS = 60

/**
 * The signer of a call. Null for a device that is unknown, removed or disabled, and for a wrong or outdated signature:
 * the caller cannot tell which.
 */
export async function proveDevice(deps: PushDeviceDeps, call: DeviceCall): Promise<ProvedDevice | null> {
  const name = parseDeviceName(call.device)
  if (!name || Math.abs(secondsBetween(call.issuedAt, deps.clock.now())) > CLOCK_SECONDS) return null
  const person = await deps.pushDevices.find(name.accountId)
  const factor = person && factorNamed(person, name)
  const publicKey = factor && readPushMaterial(factor.material)?.publicKey
  if (!factor || !publicKey || !isOfUse(person, factor, deps.clock.now())) return null
  const { action, subject, detail, issuedAt } = call
  const signed = { audience: deps.audience, device: name, action, subject, detail, issuedAt }
  return isSignedBy(publicKey, signed, call.signature) ? { name, person, factor, publicKey } : null
}

function factorNamed(person: PersonWithDevices, { factorId }: DeviceName): Factor | null {
  const factor = person.factorRecords[factorId] ?? person.enrollments.find(({ id }) => id === factorId)
  return factor?.type === 'PUSH' ? factor : null
}

const isOfUse = ({ account }: PersonWithDevices, factor: Factor, now: Date): boolean =>
  account.status === 'ACTIVE' && factor.status !== 'DISABLED' && !isExpired(factor, now)

/** A prompt, and the session that started it. */
export interface Prompt {
  readonly session: ChallengedSession
  readonly challenge: Challenge
}

/** The prompts waiting for the device, the oldest first. */
export function promptsFor({ person, factor }: Pick<ProvedDevice, 'person' | 'factor'>, now: Date): readonly Prompt[] {
  return Object.values(person.sessions)
    .filter((session) => isShown(person.sessions, session))
    .flatMap((session) => {
      const challenge = session.challenges[factor.id]
      return challenge ? [{ session, challenge }] : []
    })
    .filter(({ challenge }) => isAnswerable(challenge, now))
    .sort((a, b) => a.challenge.createdAt.getTime() - b.challenge.createdAt.getTime())
}

const isAnswerable = ({ expiresAt, attemptsLeft, question }: Challenge, now: Date): boolean =>
  expiresAt > now && attemptsLeft > 0 && pushStateOf(question) === 'waiting'

/** The person as seen from the session that started the prompt. */
export const inSession = (person: PersonWithDevices, session: ChallengedSession): ChallengedPerson => ({
  ...person,
  session,
})
