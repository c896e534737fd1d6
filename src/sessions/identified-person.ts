import type { Account, AccountInBrief } from '../accounts/index.js'
import type { Device } from '../devices/index.js'
import type { Role } from '../kernel/access.js'
import { PERSON_PARTS, type PersonPart } from '../kernel/person-part.js'
import type { Person } from './person.js'
import type { Session } from './session.js'

/** The standing of the device that a session began on. */
export type SessionDevice = Pick<Device, 'rememberedUntil' | 'copiedAt' | 'rememberedWith'>

/**
 * What is read of the sender of every request: their own session, and summaries. It has no lists of sessions or devices
 * that could be mistaken for all of them.
 */
export interface ReadPerson extends Pick<
  Person,
  'factors' | 'grantRevision' | 'reEnrollSince' | 'memberships' | 'mfaRules'
> {
  readonly account: AccountInBrief
  readonly session: Session
  /** The sessions that succeed this one. */
  readonly successors: readonly Session[]
  /** Null when the session began on no device, or the device is forgotten. */
  readonly sessionDevice: SessionDevice | null
}

/** The signed-in person, as far as every request needs it. Fields that need more declare it with `@Reads`. */
export interface IdentifiedPerson extends ReadPerson {
  readonly roles: readonly Role[]
}

/** The properties of a person that each part consists of. */
export const PROPERTIES_OF_PART = {
  SESSIONS: ['sessions', 'trustRevision'],
  DEVICES: ['devices'],
  FACTORS: ['factorRecords', 'enrollments', 'activeFactorCount', 'stepUpBudget', 'noticeAddresses'],
  RISK: ['riskProfile', 'profileRevision', 'suspicionAt', 'riskLabels'],
} as const satisfies Readonly<Partial<Record<PersonPart, readonly string[]>>>

/** The properties of the account, of parts that belong to it. */
export const ACCOUNT_PROPERTIES = {
  PASSWORD: ['passwordHash'],
  PROFILE: ['sealedProfile'],
} as const satisfies Readonly<Partial<Record<PersonPart, readonly (keyof Account)[]>>>

type PropertiesOf = Readonly<Partial<Record<PersonPart, readonly string[]>>>
const OF_PERSON: PropertiesOf = PROPERTIES_OF_PART
const OF_ACCOUNT: PropertiesOf = ACCOUNT_PROPERTIES

/**
 * A copy in which every property that was not read throws. Otherwise code that reads more than its field declares would
 * find nothing, and take it for "no other session" or "no suspicion" (R179).
 */
export function closeUnread<P extends IdentifiedPerson>(person: P, parts: readonly PersonPart[]): P {
  const { ofPerson, ofAccount } = guardsFor(parts)
  const account = Object.defineProperties({ ...person.account }, ofAccount)
  return Object.defineProperties({ ...person, account }, ofPerson)
}

interface Guards {
  readonly ofPerson: PropertyDescriptorMap
  readonly ofAccount: PropertyDescriptorMap
}

/** There are few combinations of parts, and every request needs one. */
const known = new Map<string, Guards>()

function guardsFor(parts: readonly PersonPart[]): Guards {
  const key = parts.join()
  const found = known.get(key)
  if (found) return found
  const unread = PERSON_PARTS.filter((part) => !parts.includes(part))
  const guards = { ofPerson: guardsOf(OF_PERSON, unread), ofAccount: guardsOf(OF_ACCOUNT, unread) }
  known.set(key, guards)
  return guards
}

function guardsOf(properties: PropertiesOf, unread: readonly PersonPart[]): PropertyDescriptorMap {
  const guards = unread.flatMap((part) => (properties[part] ?? []).map((name) => [name, guardOf(name, part)] as const))
  return Object.fromEntries(guards)
}

function guardOf(property: string, part: PersonPart): PropertyDescriptor {
  const get = (): never => {
    throw new Error(`${property} was not read: declare @Reads('${part}') on the field`)
  }
  // Enumerable, so that copying the whole person fails too.
  return { get, enumerable: true }
}
