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
  /** Maximum number of valid keys. */
  readonly maxKeys: number
  /** Maximum lifetime of a key. */
  readonly lifetimeSeconds: number
  /** How long the old secret works beside the new one. */
  readonly overlapSeconds: number
  /** The audience of access tokens, which proofs must not share. */
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
  /** Null: the maximum lifetime. */
  readonly expiresAt: Date | null
  readonly operator: AccountId
  readonly context: AuditContext
}

/** A key with its secret text. Plain; it is shown and not stored. */
export interface MadeServiceKey {
  readonly kind: 'made'
  readonly key: ShownServiceKey
  readonly secret: string
}

export type CreateServiceKeyOutcome =
  | MadeServiceKey
  | { kind: 'bad-end' }
  | { kind: 'own-audience' } // a verifier that only checks `aud` would accept its proofs as access tokens
  | { kind: 'full' }

/** Creates a key for a backend. */
export async function createServiceKey(
  deps: ChangeServiceKeysDeps,
  input: CreateServiceKeyInput,
): Promise<CreateServiceKeyOutcome> {
  const now = deps.clock.now()
  const expiresAt = endOf(deps.serviceKeySettings, input.expiresAt, now)
  if (!expiresAt) return { kind: 'bad-end' }
  if (input.audience === deps.serviceKeySettings.ownAudience) return { kind: 'own-audience' }
  // A bound on how many keys there are to watch, not a guarantee: parallel callers may exceed it by one each.
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
  const events = deps.audit.prepare([serviceKeyEvent('service_key.created', key, operator, context)])
  await deps.serviceKeys.create(key, events)
  return { kind: 'made', key: shownServiceKey(key), secret: writeServiceKey(key.id, secret) }
}

/** The end of a key; null when the requested end has passed or exceeds the maximum lifetime. */
export function endOf({ lifetimeSeconds }: ServiceKeySettings, wanted: Date | null, now: Date): Date | null {
  const latest = secondsAfter(now, lifetimeSeconds)
  if (wanted === null) return latest
  return wanted > now && wanted <= latest ? wanted : null
}
