import { randomBytes } from 'node:crypto'

declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

export type AccountId = Id<'account'>
export type SessionId = Id<'session'>
export type FactorId = Id<'factor'>
export type ChallengeId = Id<'challenge'>
export type DeviceId = Id<'device'>
export type OrganizationId = Id<'organization'>
export type InvitationId = Id<'invitation'>
export type ServiceKeyId = Id<'service-key'>

export type AnyId =
  AccountId | SessionId | FactorId | ChallengeId | DeviceId | OrganizationId | InvitationId | ServiceKeyId

const ID_BYTES = 16
const ID_SHAPE = /^[A-Za-z0-9_-]{22}$/

/** A new identifier: 128 random bits as 22 base64url characters, so it is safe inside a document path. */
export function newId<T extends AnyId>(): T {
  return randomBytes(ID_BYTES).toString('base64url') as T
}

/** Narrows untrusted text to an identifier, or returns null: ids become document paths, so nothing else may pass. */
export function parseId<T extends AnyId>(text: unknown): T | null {
  if (typeof text !== 'string' || !ID_SHAPE.test(text)) return null
  return text as T
}
