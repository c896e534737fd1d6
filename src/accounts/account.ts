import { ROLES, type Role } from '../kernel/access.js'
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
  /** What it may do beyond its own affairs, or could until that was revoked. */
  readonly roles: RoleGrants
}

/** A role of an account. It stays on record when it is revoked, so that the setting does not give it again. */
export interface RoleGrant {
  /** Sessions that began before have nothing of it. */
  readonly grantedAt: Date
  readonly grantedBy: RoleSource
  readonly revokedAt: Date | null
}

/** `SETTING`: `STEPGATE_ADMINISTRATORS` listed the address the account was made with. */
export type RoleSource = 'SETTING' | 'COMMAND_LINE'
export type RoleGrants = Readonly<Partial<Record<Role, RoleGrant>>>

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

/** The roles the account holds. They belong to its id: another address neither gives nor takes one. */
export const rolesOf = ({ roles }: Pick<Account, 'roles'>): readonly Role[] =>
  ROLES.filter((role) => roles[role]?.revokedAt === null)

/** The roles a session of the account has: none that was granted after the session began. */
export function rolesIn(
  account: Pick<Account, 'roles'>,
  { signedInAt }: { readonly signedInAt: Date },
): readonly Role[] {
  return rolesOf(account).filter((role) => {
    const grantedAt = grantedAtOf(account, role)
    return grantedAt !== null && grantedAt <= signedInAt
  })
}

/** When it was last granted the role, whether or not it was revoked since; null: never. */
export const grantedAtOf = ({ roles }: Pick<Account, 'roles'>, role: Role): Date | null =>
  roles[role]?.grantedAt ?? null
