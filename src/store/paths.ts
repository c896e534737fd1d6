import type { Factor } from '../factors/index.js'
import type { LostTrust } from '../audit/index.js'
import type { AccountId, SessionId } from '../kernel/ids.js'
import { type Arrival, keptWith } from '../sessions/index.js'
import { isOneOf, presentationsIn } from './ending-sessions.js'
import { stored, type PersonDocument } from './person-document.js'
import type { Filter, Update, Value } from './collection.js'

/** Puts `prefix.` before every path: rules speak relative to their own part of the document. */
export function under<T>(prefix: string, parts: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(parts).map(([path, value]) => [`${prefix}.${path}`, value]))
}

/** The same value at each of several paths. */
export function atEach<T>(paths: readonly string[], value: T): Record<string, T> {
  return Object.fromEntries(paths.map((path) => [path, value]))
}

/** What a completed sign-in changes besides its session. */
export function arrivalChanges(arrival: Arrival | null): {
  readonly $set: Record<string, Value>
  readonly $unset: Record<string, true>
} {
  if (!arrival) return { $set: {}, $unset: {} }
  const { device, evicted } = arrival.device
  return {
    $set: {
      lastSignInAt: arrival.at,
      riskProfile: arrival.riskProfile,
      [`devices.${device.id}`]: stored(device),
    },
    $unset: atEach(
      evicted.map((id) => `devices.${id}`),
      true,
    ),
  }
}

/**
 * What must still hold of what an arrival writes: that its device was forgotten, copied, bound to a key or rotated
 * meanwhile, or its profile changed by a label, must not be undone by a sign-in under way.
 */
export function arrivalGuard(arrival: Arrival | null): Filter {
  if (!arrival) return {}
  const { before } = arrival.device
  const profile = { profileRevision: arrival.profileRevision }
  if (!before) return profile
  const path = `devices.${before.id}`
  const { id, rememberedUntil, secretHash, keyThumbprint, copiedAt } = before
  return { ...profile, ...under(path, { id, rememberedUntil, secretHash, keyThumbprint, copiedAt }) }
}

/**
 * Ends every session but `keep`, and forgets remembered devices together with the risk profile. The document as read
 * says what there is to end. The filter ensures that nothing was added since, so use both.
 */
export function dropTrust(
  document: PersonDocument,
  keep: SessionId | null,
  what: { readonly sessions: boolean; readonly devices: boolean },
): {
  readonly filter: Filter & { readonly _id: AccountId }
  readonly $set: Record<string, Value>
  readonly $unset: Record<string, true>
  readonly lost: LostTrust
} {
  const kept = keep === null ? [] : keptWith(document.sessions, keep)
  const others = what.sessions ? (Object.keys(document.sessions) as SessionId[]).filter((id) => !kept.includes(id)) : []
  const devices = what.devices
    ? Object.values(document.devices).filter((device) => device.rememberedUntil !== null)
    : []
  return {
    filter: { _id: document._id, trustRevision: document.trustRevision },
    $set: {
      ...presentationsIn(document, others),
      ...atEach<Value>(
        [...devices.map((device) => `devices.${device.id}.rememberedUntil`), ...(what.devices ? ['riskProfile'] : [])],
        null,
      ),
    },
    $unset: atEach(
      others.map((id) => `sessions.${id}`),
      true,
    ),
    lost: {
      endedSessions: others.filter((id) => isOneOf(document, id)),
      forgottenDevices: devices.map((device) => device.id),
    },
  }
}

/**
 * Ends what waits to be finished for the account: whatever was granted before carries another revision, and factors
 * that wait for their first proof go. Every update that takes trust back or changes a credential makes these changes
 * too (R123).
 */
export const END_GRANTS = { $set: { enrollments: {} }, $inc: { grantRevision: 1 } } as const

/** An update without its empty operators, which MongoDB refuses. */
export function update(parts: {
  readonly $set?: Readonly<Record<string, Value>>
  readonly $unset?: Readonly<Record<string, true>>
  readonly $inc?: Readonly<Record<string, number>>
}): Update {
  const filled = Object.entries(parts).filter(([, changes]) => Object.keys(changes).length > 0)
  return Object.fromEntries(filled)
}

/** Guards the factors that an account has to keep: they must be as they were when they were counted (R143). */
export const stillCounting = (left: readonly Pick<Factor, 'id' | 'expiresAt'>[]): Filter =>
  Object.fromEntries(
    left.flatMap(({ id, expiresAt }) =>
      Object.entries(under<Value>(`factors.${id}`, { status: 'ACTIVE', expiresAt: expiresAt ?? null })),
    ),
  )
