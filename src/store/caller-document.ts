import { summarize, type Factor } from '../factors/index.js'
import type { FactorSummary } from '../kernel/actor.js'
import type { DeviceId, FactorId, SessionId } from '../kernel/ids.js'
import type { PersonPart } from '../kernel/person-part.js'
import { successorsOf, type ReadPerson, type SessionDevice } from '../sessions/index.js'
import type { Fields, MapFields } from './collection.js'
import { withPresentations } from './ending-sessions.js'
import { noticeAddressesOf, toAccount, type PersonDocument, type StoredPerson } from './person-document.js'

const ACCOUNT_FIELDS = [
  ...['email', 'emailKey', 'linkedTo', 'status', 'createdAt', 'passwordChangedAt', 'emailChangedAt', 'lastSignInAt'],
  ...['language', 'languageIsChosen', 'roles'],
] as const satisfies readonly (keyof PersonDocument)[]

const STANDING_FIELDS = [
  'grantRevision',
  'reEnrollSince',
  'memberships',
  'etag',
] as const satisfies readonly (keyof PersonDocument)[]

const SUMMARY_FIELDS = [
  ...['id', 'type', 'name', 'status', 'createdAt', 'activatedAt', 'lastUsedAt', 'expiresAt', 'hint'],
] as const satisfies readonly (keyof Factor)[]

const DEVICE_FIELDS = [
  'rememberedUntil',
  'copiedAt',
  'rememberedWith',
] as const satisfies readonly (keyof SessionDevice)[]

/** The fields of the document that each part needs. Devices are completed by what sessions know of their secrets. */
const FIELDS_OF_PART = {
  PASSWORD: ['passwordHash'],
  PROFILE: ['sealedProfile'],
  SESSIONS: ['sessions', 'trustRevision'],
  DEVICES: ['devices', 'sessions'],
  FACTORS: ['factors', 'enrollments', 'activeFactorCount', 'stepUpBudget'],
  RISK: ['riskProfile', 'profileRevision', 'suspicionAt', 'riskLabels'],
} as const satisfies Readonly<Record<PersonPart, readonly (keyof PersonDocument)[]>>

/** A factor as it is stored, or without its material. */
type FactorRead = Pick<Factor, (typeof SUMMARY_FIELDS)[number]> & { readonly codesLeft?: number }

/**
 * What was read of a document: some of its fields, and of `sessions`, `devices` and `factors` only chosen entries or
 * fields, unless a part has them whole.
 */
export type CallerDocument = Pick<
  PersonDocument,
  '_id' | (typeof ACCOUNT_FIELDS)[number] | (typeof STANDING_FIELDS)[number]
> &
  Partial<Omit<PersonDocument, 'factors' | 'enrollments' | 'devices'>> & {
    readonly sessions: PersonDocument['sessions']
    readonly devices: Readonly<Record<DeviceId, SessionDevice>>
    readonly factors: Readonly<Record<FactorId, FactorRead>>
    readonly enrollments: Readonly<Record<string, FactorRead>>
  }

const SUMMARIES: MapFields = { fields: SUMMARY_FIELDS, sizes: { codesLeft: 'material.codes' } }

/** What is read of a caller in this session. */
export function callerFields(sessionId: SessionId, parts: readonly PersonPart[]): Fields<CallerDocument> {
  const whole = new Set<keyof PersonDocument>(parts.flatMap((part) => FIELDS_OF_PART[part]))
  const inPart: Readonly<Partial<Record<keyof PersonDocument, MapFields>>> = {
    sessions: { entries: { keys: [sessionId], where: { replaces: sessionId } } },
    devices: { entries: { keyAt: `sessions.${sessionId}.deviceId` }, fields: DEVICE_FIELDS },
    factors: SUMMARIES,
    enrollments: SUMMARIES,
  }
  const maps = Object.entries(inPart).filter(([field]) => !whole.has(field as keyof PersonDocument))
  return { paths: [...ACCOUNT_FIELDS, ...STANDING_FIELDS, ...whole], maps: Object.fromEntries(maps) }
}

/** A caller without the rules of their organizations, which have documents of their own. */
export type ReadCaller = Omit<ReadPerson, 'mfaRules'>

/** The caller, from what `callerFields` read; null when the session is gone. */
export function readCaller(
  document: CallerDocument,
  sessionId: SessionId,
  parts: readonly PersonPart[],
): ReadCaller | null {
  const session = document.sessions[sessionId]
  if (!session) return null
  const { sessions, devices, memberships } = document
  const caller: ReadCaller = {
    account: accountOf(document, parts),
    session,
    successors: successorsOf(sessions, sessionId),
    sessionDevice: (session.deviceId === null ? undefined : devices[session.deviceId]) ?? null,
    factors: [...Object.values(document.factors), ...Object.values(document.enrollments)].map(summaryOf),
    grantRevision: document.grantRevision ?? null,
    reEnrollSince: document.reEnrollSince,
    memberships,
  }
  return parts.length === 0 ? caller : { ...caller, ...partsOf(document as PersonDocument, parts) }
}

/** What each part adds to the caller; the others belong to the account. */
const READ_PART = {
  PASSWORD: () => ({}),
  PROFILE: () => ({}),
  SESSIONS: ({ sessions, trustRevision }) => ({ sessions, trustRevision }),
  DEVICES: (document) => ({ devices: withPresentations(document) }),
  FACTORS: (document) => ({
    factorRecords: document.factors,
    enrollments: Object.values(document.enrollments),
    activeFactorCount: document.activeFactorCount,
    stepUpBudget: document.stepUpBudget,
    noticeAddresses: noticeAddressesOf(document),
  }),
  RISK: (document) => ({
    riskProfile: document.riskProfile,
    profileRevision: document.profileRevision ?? null,
    suspicionAt: document.suspicionAt,
    riskLabels: document.riskLabels ?? {},
  }),
} as const satisfies { readonly [P in PersonPart]: (document: PersonDocument) => Partial<StoredPerson> }

const partsOf = (document: PersonDocument, parts: readonly PersonPart[]): Partial<StoredPerson> =>
  Object.assign({}, ...parts.map((part) => READ_PART[part](document))) as Partial<StoredPerson>

function accountOf(document: CallerDocument, parts: readonly PersonPart[]): ReadPerson['account'] {
  const { passwordHash, sealedProfile, ...inBrief } = toAccount(document as PersonDocument)
  const password = parts.includes('PASSWORD') ? { passwordHash } : {}
  return { ...inBrief, ...password, ...(parts.includes('PROFILE') ? { sealedProfile } : {}) }
}

const summaryOf = (factor: FactorRead): FactorSummary =>
  'material' in factor
    ? summarize(factor as Factor)
    : { ...factor, codesLeft: factor.type === 'RECOVERY_CODE' ? (factor.codesLeft ?? 0) : null }
