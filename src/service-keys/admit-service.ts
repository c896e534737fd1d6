import { ANONYMOUS_ACTOR, serviceActor, type AuditLog } from '../audit/index.js'
import type { ServiceActor } from '../kernel/actor.js'
import { secondsBetween, type Clock } from '../kernel/clock.js'
import type { ServiceKeyId } from '../kernel/ids.js'
import { refuseUntil } from '../kernel/refusal.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import { addressKey, spend, type Budgets, type LimitsDeps } from '../limits/index.js'
import type { ServiceKeyDirectory } from './directory.js'
import type { ServiceKeyStore } from './ports.js'
import { readServiceKey, worksAt, type ServiceKey } from './service-key.js'

export interface AdmitServiceDeps {
  readonly serviceKeys: Pick<ServiceKeyStore, 'touch'>
  readonly serviceKeyDirectory: Pick<ServiceKeyDirectory, 'find' | 'expire'>
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
  readonly limits: LimitsDeps
  readonly budgets: Pick<Budgets, 'serviceKeyPerAddress'>
}

/** Minimum time between two records of a key's use. */
const USE_RECORDED_SECONDS = 3600

type Fault = 'unknown' | 'wrong-secret' | 'rotated-out' | 'expired' | 'revoked'

/**
 * Identifies the backend that presents a service key, usually from memory. Every invalid key gives the same answer:
 * anonymous. Invalid keys are counted by address, and refused as such when there are too many.
 */
export async function admitService(
  deps: AdmitServiceDeps,
  text: string,
  request: Pick<AuditContext, 'requestId' | 'origin'>,
): Promise<ServiceActor | null> {
  const presented = readServiceKey(text)
  if (!presented) return null
  const key = await deps.serviceKeyDirectory.find(presented.id)
  const now = deps.clock.now()
  const fault = faultOf(deps.secrets, key, presented.secret, now)
  if (fault !== null || key === null) {
    await recordRefusal(deps, key?.id ?? null, fault ?? 'unknown', request)
    return null
  }
  const isDue = key.lastUsedAt === null || secondsBetween(key.lastUsedAt, now) >= USE_RECORDED_SECONDS
  if (isDue) {
    await deps.serviceKeys.touch(key.id, now)
    deps.serviceKeyDirectory.expire()
  }
  const { id: keyId, tenant, audience, scopes } = key
  return Object.freeze({ kind: 'service', keyId, tenant, audience, scopes })
}

/** Compares the secret before checking whether the key is still valid, and does the same work for unknown keys. */
function faultOf(secrets: Secrets, key: ServiceKey | null, secret: string, now: Date): Fault | null {
  const hash = secrets.digest(secret)
  const isCurrent = secrets.equal(hash, key?.secretHash ?? '')
  if (key === null) return 'unknown'
  const former = isCurrent ? null : key.former.find(({ secretHash }) => secrets.equal(hash, secretHash))
  if (former === undefined) return 'wrong-secret'
  if (!worksAt(key, now)) return key.revokedAt === null ? 'expired' : 'revoked'
  return former === null || former.worksUntil > now ? null : 'rotated-out'
}

async function recordRefusal(
  deps: AdmitServiceDeps,
  keyId: ServiceKeyId | null,
  fault: Fault,
  request: Pick<AuditContext, 'requestId' | 'origin'>,
): Promise<void> {
  const budget = deps.budgets.serviceKeyPerAddress
  const outcome = await spend(deps.limits, budget, addressKey(request.origin.address))
  const context = { ...request, operation: null, sessionId: null, deviceId: null }
  const actor = keyId === null ? ANONYMOUS_ACTOR : serviceActor(keyId)
  const targets = keyId === null ? [] : [{ id: keyId, type: 'SERVICE_KEY' } as const]
  if (outcome.kind === 'allowed') {
    await deps.audit.record([
      { action: 'service_key.refused', actor, targets, outcome: 'DENIED', reason: fault, context },
    ])
    return
  }
  if (outcome.first) {
    const budgets = [{ id: budget.name, type: 'BUDGET' }] as const
    await deps.audit.record([{ action: 'limit.reached', actor, targets: budgets, outcome: 'DENIED', context }])
  }
  throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds)
}
