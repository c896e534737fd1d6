import type { RecognizedDevice } from '../devices/index.js'
import { addresseeOf, takesBackSession, type Notice } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { RiskAssessment } from '../risk/index.js'
import type { Person } from './person.js'
import type { Session } from './session.js'

export interface ArrivalToTell {
  readonly person: Person
  /** Null: it was blocked. */
  readonly session: Session | null
  readonly risk: Pick<RiskAssessment, 'level'>
  readonly recognized: RecognizedDevice | null
  readonly context: AuditContext
}

/**
 * What the person is told of a right first factor: that it is not like them, or that a device is new. At most one of the
 * two, and never of the very first sign-in, which everything is new to.
 */
export function signInNotice({ person, session, risk, recognized, context }: ArrivalToTell): Notice | null {
  if (person.account.lastSignInAt === null) return null
  const about = { to: addresseeOf(person), context, details: {}, takesBack: session && takesBackSession(session) }
  if (risk.level === 'HIGH' || risk.level === 'CRITICAL') return { ...about, name: 'unusual-sign-in' }
  const isKnown = recognized?.state === 'trusted' || recognized?.state === 'known'
  return session?.state === 'active' && !isKnown ? { ...about, name: 'new-device' } : null
}
