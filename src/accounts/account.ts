import { ROLES, type Role } from '../kernel/access.js'
import type { AccountId } from '../kernel/ids.js'

/** `CLOSED`: no one can sign in, and the account is about to be erased. */
export type AccountStatus = 'ACTIVE' | 'DISABLED' | 'CLOSED'

/** The external login that vouches for a person, and its name for them. */
export interface LinkedIdentity {
  /** `service:<tenant>` of a backend with a key, or the issuer of tokens. */
  readonly issuer: string
  readonly subject: string
}

/** A person who can sign in. It exists once the e-mail address is proved, or an external login vouches for it. */
export interface Account {
  readonly id: AccountId
  /** As the person wrote it, for display and delivery. Of a linked account: only where notices go. */
  readonly email: string
  /** Normalised, unique: what sign-in looks up. Of a linked account a separate key that is not an address. */
  readonly emailKey: string
  /** Null: an account of our own. */
  readonly linkedTo: LinkedIdentity | null
  readonly status: AccountStatus
  readonly createdAt: Date
  /** Argon2id in PHC string format; null: the person signs in without a password. */
  readonly passwordHash: string | null
  /** When it last changed; the creation of the account if it never did. */
  readonly passwordChangedAt: Date
  readonly emailChangedAt: Date | null
  readonly lastSignInAt: Date | null
  /** The language of messages, such as `de`; null: the installation's. */
  readonly language: string | null
  /** Whether the person chose it; otherwise it is what the browser preferred at sign-up. */
  readonly languageIsChosen: boolean
  /** `PersonalData` as sealed JSON; null until the person enters any. */
  readonly sealedProfile: string | null
  /** The roles it holds, or held until they were revoked. */
  readonly roles: RoleGrants
}

/** An account without its password hash and its sealed profile. */
export type AccountInBrief = Omit<Account, 'passwordHash' | 'sealedProfile'>

/** A role of an account. It stays on record after it is revoked, so that the setting does not grant it again. */
export interface RoleGrant {
  /** Sessions that began earlier do not have it. */
  readonly grantedAt: Date
  readonly grantedBy: RoleSource
  readonly revokedAt: Date | null
}

/** `SETTING`: `STEPGATE_ADMINISTRATORS` listed the address the account was created with. */
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

/** Each is free text of at most 200 characters, except `dateOfBirth`: an ISO 8601 calendar date. */
type ProfileValues = Readonly<Record<ProfileField, string | null>>

/** Personal data, stored sealed. */
export interface PersonalData extends ProfileValues {
  /** What the administrators of the person's organizations may see; nothing by default. */
  readonly visibleToOrganizations: readonly ProfileField[]
}

/** A profile as an organization's administrators see it: hidden fields look empty. */
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

/** The roles the account holds. They belong to its id: a new address neither grants nor revokes one. */
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
