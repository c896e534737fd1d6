import { secondsAfter } from '../kernel/clock.js'
import type { AccountId, ServiceKeyId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import { endOf, type ChangeServiceKeysDeps, type MadeServiceKey } from './create-service-key.js'
import { serviceKeyEvent } from './service-key-events.js'
import { shownServiceKey, worksAt, writeServiceKey } from './service-key.js'

export interface RotateServiceKeyInput {
  readonly id: ServiceKeyId
  /** Null: as before. */
  readonly expiresAt: Date | null
  readonly operator: AccountId
  readonly context: AuditContext
}

export type RotateServiceKeyOutcome =
  | MadeServiceKey
  | { kind: 'no-such-key' } // or it has ended
  | { kind: 'bad-end' }
  | { kind: 'raced' } // somebody else rotated it at the same moment, and has its secret

/** How many secrets before the current one are told from wrong ones. */
const MOST_FORMER = 5

/** Gives a key another secret. The old one works a while longer, so that no backend stands still. */
export async function rotateServiceKey(
  deps: ChangeServiceKeysDeps,
  { id, expiresAt: wanted, operator, context }: RotateServiceKeyInput,
): Promise<RotateServiceKeyOutcome> {
  const { serviceKeySettings: settings } = deps
  const now = deps.clock.now()
  const found = await deps.serviceKeys.find(id)
  if (!found || !worksAt(found, now)) return { kind: 'no-such-key' }
  const expiresAt = wanted === null ? found.expiresAt : endOf(settings, wanted, now)
  if (!expiresAt) return { kind: 'bad-end' }
  const secret = deps.secrets.random()
  const worksUntil = secondsAfter(now, settings.overlapSeconds)
  // The ones before it keep the time they have: whoever rotates once more because an answer was lost stops nobody.
  const former = [{ secretHash: found.secretHash, worksUntil }, ...found.former].slice(0, MOST_FORMER)
  const to = { secretHash: deps.secrets.digest(secret), former, expiresAt, rotatedBy: operator }
  const rotated = await deps.serviceKeys.rotate(id, found.secretHash, to, now)
  deps.serviceKeyDirectory.expire()
  if (!rotated) return { kind: 'raced' }
  await deps.audit.record([serviceKeyEvent('service_key.rotated', rotated, operator, context)])
  return { kind: 'made', key: shownServiceKey(rotated), secret: writeServiceKey(id, secret) }
}
