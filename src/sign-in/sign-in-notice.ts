import type { Device, RecognizedDevice } from '../devices/index.js'
import { addresseeOf, takesBackSession, type Notice } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { RiskAssessment } from '../risk/index.js'
import type { Person, Session } from '../sessions/index.js'

export interface ArrivalToTell {
  readonly person: Person
  /** Null: it was blocked. */
  readonly session: Session | null
  readonly risk: Pick<RiskAssessment, 'level'>
  readonly recognized: RecognizedDevice | null
  /** The device there turned out to be two tokens of, just now. */
  readonly copied: Device | null
  readonly context: AuditContext
}

/**
 * What the person is told of a right first factor: that one of their devices was copied, that it is not like them, or that
 * a device is new. The gravest alone, and nothing of the very first sign-in, which everything is new to.
 */
export function signInNotice(arrival: ArrivalToTell): Notice | null {
  const { person, session, risk, recognized, copied, context } = arrival
  if (person.account.lastSignInAt === null) return null
  const about = { to: addresseeOf(person), context, details: {}, takesBack: session && takesBackSession(session) }
  if (copied) {
    // The sessions of the device go too: whichever of the two is not the owner's may have opened one.
    const takesBack = { signInId: session?.signInId ?? null, deviceId: copied.id, factorId: null }
    return { ...about, name: 'device-copied', details: { name: copied.name }, takesBack }
  }
  if (risk.level === 'HIGH' || risk.level === 'CRITICAL') return { ...about, name: 'unusual-sign-in' }
  const isKnown = recognized?.state === 'trusted' || recognized?.state === 'known'
  return session?.state === 'active' && !isKnown ? { ...about, name: 'new-device' } : null
}
