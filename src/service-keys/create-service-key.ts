import type { AuditLog } from '../audit/index.js'
import type { ServiceScope } from '../kernel/access.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import { newId, type AccountId, type ServiceKeyId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import type { ServiceKeyDirectory } from './directory.js'
import type { ServiceKeyStore } from './ports.js'
import { serviceKeyEvent } from './service-key-events.js'
import { shownServiceKey, writeServiceKey, type ServiceKey, type ShownServiceKey } from './service-key.js'

export interface ServiceKeySettings {
  /** Keys that may work at the same time. */
  readonly maxKeys: number
  /** How long a key works at most. */
  readonly lifetimeSeconds: number
  /** How long the old secret works beside the new one. */
  readonly overlapSeconds: number
  /** Whom access tokens are for: nobody's proofs are. */
  readonly ownAudience: string
}

export interface ChangeServiceKeysDeps {
  readonly serviceKeys: ServiceKeyStore
  readonly serviceKeyDirectory: Pick<ServiceKeyDirectory, 'expire'>
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
  readonly serviceKeySettings: ServiceKeySettings
}

export interface CreateServiceKeyInput {
  readonly name: string
  readonly tenant: string
  readonly audience: string
  readonly scopes: readonly ServiceScope[]
  /** Null: as long as a key may work. */
  readonly expiresAt: Date | null
  readonly operator: AccountId
  readonly context: AuditContext
}

/** A key with the one text that is its secret. Plain; it is shown and forgotten. */
export interface MadeServiceKey {
  readonly kind: 'made'
  readonly key: ShownServiceKey
  readonly secret: string
}

export type CreateServiceKeyOutcome =
  | MadeServiceKey
  | { kind: 'bad-end' }
  | { kind: 'own-audience' } // what it got could be taken for an access token by who looks at `aud` alone
  | { kind: 'full' }

/** Makes a key for a backend. */
export async function createServiceKey(
  deps: ChangeServiceKeysDeps,
  input: CreateServiceKeyInput,
): Promise<CreateServiceKeyOutcome> {
  const now = deps.clock.now()
  const expiresAt = endOf(deps.serviceKeySettings, input.expiresAt, now)
  if (!expiresAt) return { kind: 'bad-end' }
  if (input.audience === deps.serviceKeySettings.ownAudience) return { kind: 'own-audience' }
  // A bound on how many there are to watch, not a promise: whoever comes at the same moment may go over it by one.
  if ((await deps.serviceKeys.countLive(now)) >= deps.serviceKeySettings.maxKeys) return { kind: 'full' }
  const { name, tenant, audience, scopes, operator, context } = input
  const secret = deps.secrets.random()
  const key: ServiceKey = {
    id: newId<ServiceKeyId>(),
    name,
    tenant,
    audience,
    scopes,
    createdAt: now,
    createdBy: operator,
    expiresAt,
    revokedAt: null,
    lastUsedAt: null,
    secretHash: deps.secrets.digest(secret),
    former: [],
  }
  // Written down before it works: a key that nobody knows of must not be there.
  await deps.audit.record([serviceKeyEvent('service_key.created', key, operator, context)])
  await deps.serviceKeys.create(key)
  return { kind: 'made', key: shownServiceKey(key), secret: writeServiceKey(key.id, secret) }
}

/** When a key ends; null when that has passed, or is later than a key may work. */
export function endOf({ lifetimeSeconds }: ServiceKeySettings, wanted: Date | null, now: Date): Date | null {
  const latest = secondsAfter(now, lifetimeSeconds)
  if (wanted === null) return latest
  return wanted > now && wanted <= latest ? wanted : null
}
