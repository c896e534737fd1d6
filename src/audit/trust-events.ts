import type { DeviceId, SessionId } from '../kernel/ids.js'
import type { NewAuditEvent } from './audit-event.js'

/** What lost its trust because a credential changed. */
export interface LostTrust {
  readonly endedSessions: readonly SessionId[]
  /** Devices that were remembered until then. */
  readonly forgottenDevices: readonly DeviceId[]
}

/** One event for the sessions that ended and one for the devices that were forgotten; none where there were none. */
export function lostTrustEvents(
  { endedSessions, forgottenDevices }: LostTrust,
  because: Pick<NewAuditEvent, 'actor' | 'context'> & { readonly reason: string },
): NewAuditEvent[] {
  const base = { ...because, outcome: 'SUCCESS' } as const
  const sessions = endedSessions.map((id) => ({ id, type: 'SESSION' }) as const)
  const devices = forgottenDevices.map((id) => ({ id, type: 'DEVICE' }) as const)
  return [
    ...(sessions.length === 0 ? [] : [{ ...base, action: 'session.revoked', targets: sessions } as const]),
    ...(devices.length === 0 ? [] : [{ ...base, action: 'device.forgotten', targets: devices } as const]),
  ]
}
