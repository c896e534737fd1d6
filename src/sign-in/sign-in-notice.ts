import type { Device, RecognizedDevice } from '../devices/index.js'
import { addresseeOf, takesBackSession, type Notice } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { RiskAssessment } from '../risk/index.js'
import type { Person, Session } from '../sessions/index.js'

export interface ArrivalToTell {
  readonly person: Person
  /** Null: the sign-in was blocked. */
  readonly session: Session | null
  readonly risk: Pick<RiskAssessment, 'level'>
  readonly recognized: RecognizedDevice | null
  /** The device whose token just turned out to have been copied. */
  readonly copied: Device | null
  readonly context: AuditContext
}

/**
 * The notice after a right first factor: a device was copied, the sign-in is unusual, or the device is new. Only the
 * gravest is sent, and none for the account's very first sign-in, where everything is new.
 */
export function signInNotice(arrival: ArrivalToTell): Notice | null {
  const { person, session, risk, recognized, copied, context } = arrival
  if (person.account.lastSignInAt === null) return null
  const about = { to: addresseeOf(person), context, details: {}, takesBack: session && takesBackSession(session) }
  if (copied) {
    // The device's sessions end too: either copy may belong to the attacker and may have opened one.
    const takesBack = { signInId: session?.signInId ?? null, deviceId: copied.id, factorId: null }
    return { ...about, name: 'device-copied', details: { name: copied.name }, takesBack }
  }
  if (risk.level === 'HIGH' || risk.level === 'CRITICAL') return { ...about, name: 'unusual-sign-in' }
  const isKnown = recognized?.state === 'trusted' || recognized?.state === 'known'
  return session?.state === 'active' && !isKnown ? { ...about, name: 'new-device' } : null
}
