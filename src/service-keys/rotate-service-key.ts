import { secondsAfter } from '../kernel/clock.js'
import type { AccountId, ServiceKeyId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import { endOf, type ChangeServiceKeysDeps, type MadeServiceKey } from './create-service-key.js'
import { serviceKeyEvent } from './service-key-events.js'
import { shownServiceKey, worksAt, writeServiceKey } from './service-key.js'

export interface RotateServiceKeyInput {
  readonly id: ServiceKeyId
  /** Null: unchanged. */
  readonly expiresAt: Date | null
  readonly operator: AccountId
  readonly context: AuditContext
}

export type RotateServiceKeyOutcome =
  | MadeServiceKey
  | { kind: 'no-such-key' } // or it has ended
  | { kind: 'bad-end' }
  | { kind: 'raced' } // another operator rotated it at the same moment, and has the new secret

/** How many former secrets are still told from invalid ones. */
const MOST_FORMER = 5

/** Gives a key a new secret. The old one works for a while, so that no backend stops. */
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
  // Earlier secrets keep their remaining time: rotating again after a lost answer must not stop a backend.
  const former = [{ secretHash: found.secretHash, worksUntil }, ...found.former].slice(0, MOST_FORMER)
  const to = { secretHash: deps.secrets.digest(secret), former, expiresAt, rotatedBy: operator }
  const event = serviceKeyEvent('service_key.rotated', { ...found, ...to }, operator, context)
  const rotated = await deps.serviceKeys.rotate(id, found.secretHash, to, now, deps.audit.prepare([event]))
  deps.serviceKeyDirectory.expire()
  if (!rotated) return { kind: 'raced' }
  return { kind: 'made', key: shownServiceKey(rotated), secret: writeServiceKey(id, secret) }
}
