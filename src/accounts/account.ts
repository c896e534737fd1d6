import type { Role } from '../kernel/access.js'
import type { AccountId } from '../kernel/ids.js'

/** `CLOSED`: nobody comes in any more, and it is about to be erased. */
export type AccountStatus = 'ACTIVE' | 'DISABLED' | 'CLOSED'

/** Whose login vouches for a person, and what it calls them. */
export interface LinkedIdentity {
  /** `service:<tenant>` of a backend with a key, or the issuer of tokens. */
  readonly issuer: string
  readonly subject: string
}

/** A person who can sign in. It exists once the e-mail address is proved, or somebody else's login vouches for it. */
export interface Account {
  readonly id: AccountId
  /** As the person wrote it, for display and delivery. Of a linked account: where notices go, and nothing else. */
  readonly email: string
  /** Normalised, unique: what sign-in looks up. Of a linked account a key of its own that is no address. */
  readonly emailKey: string
  /** Null: an account of our own. */
  readonly linkedTo: LinkedIdentity | null
  readonly status: AccountStatus
  readonly createdAt: Date
  /** Argon2id in PHC string format; null: the person signs in without a password. */
  readonly passwordHash: string | null
  /** When there came to be another one; the account's beginning where there never was. */
  readonly passwordChangedAt: Date
  readonly emailChangedAt: Date | null
  readonly lastSignInAt: Date | null
  /** The language of messages, such as `de`; null: the installation's. */
  readonly language: string | null
  /** `PersonalData` as sealed JSON; null until the person gave any. */
  readonly sealedProfile: string | null
}

export const PROFILE_FIELDS = [
  'displayName',
  'legalName',
  'dateOfBirth',
  'taxId',
  'phoneNumber',
  'postalAddress',
] as const
export type ProfileField = (typeof PROFILE_FIELDS)[number]

/** Each is free text of at most 200 characters, but `dateOfBirth`: an ISO 8601 calendar date. */
type ProfileValues = Readonly<Record<ProfileField, string | null>>

/** Personal data, kept sealed. */
export interface PersonalData extends ProfileValues {
  /** What the administrators of the person's organizations may see; nothing unless the person says so. */
  readonly visibleToOrganizations: readonly ProfileField[]
}

/** A profile as the administrators of an organization see it: what is not for them looks as if it was not given. */
export type VisibleProfile = ProfileValues

export const NO_PERSONAL_DATA: PersonalData = Object.freeze({
  displayName: null,
  legalName: null,
  dateOfBirth: null,
  taxId: null,
  phoneNumber: null,
  postalAddress: null,
  visibleToOrganizations: [],
})

/** Administrators are named in the configuration by e-mail address, so nobody can make himself one. */
export function rolesOf(account: Account, administrators: ReadonlySet<string>): readonly Role[] {
  return administrators.has(account.emailKey) ? ['ADMIN'] : []
}
