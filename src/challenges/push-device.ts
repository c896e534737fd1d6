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
  /** What devices sign as the gateway they speak to: its public URL. */
  readonly audience: string
}

/** A call as a device sends it; nothing about it has been checked. */
export interface DeviceCall extends Pick<SignedCall, 'action' | 'subject' | 'detail' | 'issuedAt'> {
  /** `<account>.<factor>`. */
  readonly device: string
  readonly signature: string
}

/** A device that proved itself by its key, and whose it is. */
export interface ProvedDevice {
  readonly name: DeviceName
  readonly person: PersonWithDevices
  readonly factor: Factor
  readonly publicKey: string
}

/** How far the clocks of device and gateway may lie apart; so long can a signed call be sent again. */
const CLOCK_SECONDS = 60

/**
 * Who signed a call. Null for a device that is unknown, removed or disabled, a signature that is wrong or not of this
 * minute: the caller cannot tell which.
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

/** A prompt, and the session that asked. */
export interface Prompt {
  readonly session: ChallengedSession
  readonly challenge: Challenge
}

/** What waits for the device, the oldest first. */
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

/** The person as they stand in the session that asked. */
export const inSession = (person: PersonWithDevices, session: ChallengedSession): ChallengedPerson => ({
  ...person,
  session,
})
