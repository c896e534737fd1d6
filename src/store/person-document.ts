import type { Account, RoleGrants } from '../accounts/index.js'
import type { OutboxEntry } from '../audit/index.js'
import type { ChallengedPerson, ChallengedSession } from '../challenges/index.js'
import type { Devices } from '../devices/index.js'
import { mailAddressesOf, summarize, type Factor } from '../factors/index.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { Memberships } from '../kernel/membership.js'
import type { MfaRules } from '../kernel/mfa-rule.js'
import type { AccountId, FactorId, OrganizationId, SessionId } from '../kernel/ids.js'
import { newStepUpBudget, type StepUpBudget } from '../limits/index.js'
import type { PackedProfile, RiskLabel } from '../risk/index.js'
import type { Erasure, ErasureLease } from '../personal-data/index.js'
import type { Person } from '../sessions/index.js'
import { withPresentations } from './ending-sessions.js'
import type { CollectionSpec, Store, Value } from './collection.js'
import { compactPeople } from './compact/compact-people.js'
import { OUTBOX_INDEX, withOutbox, type WithOutbox } from './outbox.js'
import { rememberTags, taggedPeople, type LastTags } from './tagged-people.js'

/**
 * One person, one document. What has to hold together — credentials, factors, sessions, challenges, devices, the risk
 * profile — is changed by one conditional update and read at once. Every map in it is bounded.
 */
export type PersonDocument = Omit<Account, 'id' | 'roles' | 'languageIsChosen'> & {
  readonly _id: AccountId
  /** Left out by accounts that were made before roles were kept here. */
  readonly roles?: RoleGrants
  /** Left out by accounts that were made before a language could be chosen. */
  readonly languageIsChosen?: boolean
  readonly factors: Readonly<Record<FactorId, Factor>>
  /** New factors that wait for their first proof: one of each kind. */
  readonly enrollments: Readonly<Partial<Record<FactorType, Factor>>>
  /** Active factors without recovery codes; what "not the last one" is judged by. */
  readonly activeFactorCount: number
  /** Grows with every new set of recovery codes, so that two made at once do not both stay. */
  readonly recoverySets: number
  readonly sessions: Readonly<Record<SessionId, ChallengedSession>>
  /** Grows whenever a session begins or a device goes: what ends all others is guarded by it, so none slips through. */
  readonly trustRevision: number
  /**
   * Grows whenever trust in the account is taken back or its credentials change. What waits to be finished holds the
   * revision it was granted on, and ends with it (R123). Left out until then.
   */
  readonly grantRevision?: number
  readonly devices: Devices
  readonly riskProfile: PackedProfile | null
  readonly stepUpBudget: StepUpBudget
  /** Set when a factor has to be enrolled anew: only one activated since then counts as done. */
  readonly reEnrollSince: Date | null
  /** When a prompt was last denied or an event reported as "not me". */
  readonly suspicionAt: Date | null
  readonly memberships: Memberships
  /** The keys of `memberships`, for lookup. */
  readonly organizationIds: readonly OrganizationId[]
  /** Grows with every change of `memberships`, so that a decision based on an older read is made again. */
  readonly membershipRevision: number
  /** Labels of risk decisions; absent until there is one. */
  readonly riskLabels?: Readonly<Record<string, { readonly label: RiskLabel; readonly at: Date }>>
  /** Grows with every label, so that a sign-in in progress does not restore the profile from before it. */
  readonly profileRevision?: number
  /**
   * Keys that no other account may have, such as hashes of credential ids. Absent while there are none: the index is
   * sparse. Their documents in `names` decide who has them.
   */
  readonly claims?: readonly string[]
  /**
   * For a closed account: the state of its erasure, and which process works on it. Absent otherwise: the index is
   * sparse.
   */
  readonly erasure?: Erasure & ErasureLease
  /** Events of changes to this document that are not in the audit log yet, or were not removed from here yet. */
  readonly outbox?: readonly OutboxEntry[]
  /** Another one with every write but those to the outbox alone. Left out until then. */
  readonly etag?: string
}

const FIELDS: readonly (keyof PersonDocument)[] = [
  '_id',
  'email',
  'emailKey',
  'linkedTo',
  'status',
  'createdAt',
  'passwordHash',
  'passwordChangedAt',
  'emailChangedAt',
  'lastSignInAt',
  'language',
  'languageIsChosen',
  'sealedProfile',
  'roles',
  'factors',
  'enrollments',
  'activeFactorCount',
  'recoverySets',
  'sessions',
  'trustRevision',
  'grantRevision',
  'devices',
  'riskProfile',
  'stepUpBudget',
  'reEnrollSince',
  'suspicionAt',
  'memberships',
  'organizationIds',
  'riskLabels',
  'membershipRevision',
  'profileRevision',
  'claims',
  'erasure',
  'outbox',
  'etag',
]

export const PEOPLE: CollectionSpec = {
  name: 'accounts',
  fields: FIELDS,
  // None is unique: a sharded collection has no unique index without its shard key. Stores of earlier versions have the
  // unique indexes `emailKey_1` and `claims_1`, so these two are written otherwise.
  indexes: [
    { fields: { emailKey: 1, _id: 1 } },
    { fields: { createdAt: -1, _id: 1 } },
    { fields: { organizationIds: 1, emailKey: 1 } },
    { fields: { claims: -1 }, sparse: true },
    { fields: { 'erasure.until': 1 }, sparse: true },
    { fields: { 'roles.ADMIN.grantedAt': 1 }, sparse: true },
    OUTBOX_INDEX,
  ],
}

export interface People extends WithOutbox<PersonDocument> {
  readonly tags: LastTags
}

/** The document of a person, and the rules that apply to them. */
export interface PeopleReader {
  readonly people: People
  readonly ruleOf: (memberships: Memberships) => Promise<MfaRules>
}

export function openPeople(store: Pick<Store, 'collection'>): People {
  const tags = rememberTags()
  const collection: Store['collection'] = (spec) => taggedPeople(compactPeople(store.collection(spec)), tags)
  return { ...withOutbox<PersonDocument>({ collection }, PEOPLE), tags }
}

/** A record as a stored value: interfaces have no index signature, so TypeScript has to be told. */
export const stored = (record: object): Value => record as unknown as Value

/** A person with the revisions and lists that later writes are guarded by. */
export type StoredPerson = Omit<ChallengedPerson, 'session'> & {
  readonly sessions: PersonDocument['sessions']
  readonly riskLabels: NonNullable<PersonDocument['riskLabels']>
}

export function toAccount(document: PersonDocument): Account {
  return {
    id: document._id,
    email: document.email,
    emailKey: document.emailKey,
    linkedTo: document.linkedTo,
    status: document.status,
    createdAt: document.createdAt,
    passwordHash: document.passwordHash,
    passwordChangedAt: document.passwordChangedAt,
    emailChangedAt: document.emailChangedAt,
    lastSignInAt: document.lastSignInAt,
    language: document.language,
    languageIsChosen: document.languageIsChosen ?? false,
    sealedProfile: document.sealedProfile,
    roles: document.roles ?? {},
  }
}

export async function toPerson(document: PersonDocument, ruleOf: PeopleReader['ruleOf']): Promise<StoredPerson> {
  const enrollments = Object.values(document.enrollments)
  return {
    account: toAccount(document),
    sessions: document.sessions,
    factors: [...Object.values(document.factors), ...enrollments].map(summarize),
    factorRecords: document.factors,
    enrollments,
    activeFactorCount: document.activeFactorCount,
    devices: withPresentations(document),
    riskProfile: document.riskProfile,
    profileRevision: document.profileRevision ?? null,
    stepUpBudget: document.stepUpBudget,
    trustRevision: document.trustRevision,
    grantRevision: document.grantRevision ?? null,
    reEnrollSince: document.reEnrollSince,
    suspicionAt: document.suspicionAt,
    riskLabels: document.riskLabels ?? {},
    memberships: document.memberships,
    mfaRules: await ruleOf(document.memberships),
    noticeAddresses: noticeAddressesOf(document),
  } satisfies Person & StoredPerson
}

/** Where notices go: every address the person has proved (R031). */
export const noticeAddressesOf = ({ email, factors }: PersonDocument): readonly string[] => [
  email,
  ...mailAddressesOf(factors),
]

export function newDocument({ id, ...account }: Account): PersonDocument {
  return {
    _id: id,
    ...account,
    factors: {},
    enrollments: {},
    activeFactorCount: 0,
    recoverySets: 0,
    sessions: {},
    trustRevision: 0,
    devices: {},
    riskProfile: null,
    stepUpBudget: newStepUpBudget(),
    reEnrollSince: null,
    suspicionAt: null,
    memberships: {},
    organizationIds: [],
    membershipRevision: 0,
  }
}
