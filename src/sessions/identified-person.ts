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
 * Makes every property that was not read throw. Otherwise code that reads more than its field declares would find
 * nothing, and take it for "no other session" or "no suspicion" (R179).
 */
export function closeUnread<P extends IdentifiedPerson>(person: P, parts: readonly PersonPart[]): P {
  for (const part of PERSON_PARTS) {
    if (parts.includes(part)) continue
    close(person, part, OF_PERSON[part] ?? [])
    close(person.account, part, OF_ACCOUNT[part] ?? [])
  }
  return person
}

function close(holder: object, part: PersonPart, properties: readonly string[]): void {
  for (const property of properties) {
    const get = (): never => {
      throw new Error(`${property} was not read: declare @Reads('${part}') on the field`)
    }
    // Enumerable, so that copying the whole person fails too.
    Object.defineProperty(holder, property, { get, enumerable: true })
  }
}
