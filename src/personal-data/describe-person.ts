import { readProfile, type Account, type Confirmation } from '../accounts/index.js'
import type { Device } from '../devices/index.js'
import { destinationOf, summarize, type Factor } from '../factors/index.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Invitation } from '../organizations/index.js'
import { describeProfile } from '../risk/index.js'
import { isShown, type ServiceAuthentication, type Session } from '../sessions/index.js'
import type { MailedLink } from '../sign-in/index.js'
import type { PersonOnRecord } from './ports.js'

/*
 * The data about a person that an export discloses. Named field by field: a new field of a document is left out until
 * it is added here, because it may be a secret.
 */

/** Grows when a part changes its name or meaning; a new part alone does not change it. */
export const EXPORT_SCHEMA_VERSION = 1

/** Links that were mailed to the person and not followed yet. */
export interface Waiting {
  readonly links: readonly (Confirmation | MailedLink)[]
  readonly invitations: readonly Invitation[]
}

/** Everything in the person's document except secrets: hashes of passwords and tokens, seeds, keys, codes. */
export function describePerson(secrets: Secrets, person: PersonOnRecord, { links, invitations }: Waiting) {
  const { account } = person
  return {
    account: describeAccount(account, person),
    profile: readProfile(secrets, account),
    noticeAddresses: person.noticeAddresses,
    factors: [...Object.values(person.factorRecords), ...person.enrollments].map((factor) =>
      describeFactor(secrets, account, factor),
    ),
    devices: Object.values(person.devices).map(describeDevice),
    sessions: Object.values(person.sessions)
      .filter((session) => isShown(person.sessions, session))
      .map(describeSession),
    memberships: Object.values(person.memberships),
    riskProfile: describeProfile(person.riskProfile),
    riskLabels: Object.entries(person.riskLabels).map(([decisionId, { label, at }]) => ({ decisionId, label, at })),
    links: links.map(({ kind, email, createdAt, expiresAt }) => ({ kind, email, createdAt, expiresAt })),
    invitations: invitations.map(({ organizationId, email, role, createdAt, expiresAt }) => ({
      organizationId,
      email,
      role,
      createdAt,
      expiresAt,
    })),
  }
}

function describeAccount(account: Account, { reEnrollSince, suspicionAt, stepUpBudget }: PersonOnRecord) {
  const { id, email, emailKey, status, createdAt, passwordChangedAt, emailChangedAt, lastSignInAt, language } = account
  return {
    id,
    email,
    emailKey,
    linkedTo: account.linkedTo,
    status,
    createdAt,
    hasPassword: account.passwordHash !== null,
    passwordChangedAt,
    emailChangedAt,
    lastSignInAt,
    language,
    languageIsChosen: account.languageIsChosen,
    newFactorDemandedAt: reEnrollSince,
    suspicionReportedAt: suspicionAt,
    wrongAnswers: stepUpBudget.failures,
    stepUpLockedUntil: stepUpBudget.lockedUntil,
    roles: account.roles,
  }
}

const describeFactor = (secrets: Secrets, { id }: Account, factor: Factor) => ({
  ...summarize(factor),
  destination: destinationOf(secrets, id, factor),
  wrongAnswersInARow: factor.consecutiveFailures,
})

const describeDevice = (device: Device) => ({
  id: device.id,
  name: device.name,
  firstSeenAt: device.firstSeenAt,
  lastSeenAt: device.lastSeenAt,
  rememberedUntil: device.rememberedUntil,
  copiedAt: device.copiedAt,
  boundToKey: device.keyThumbprint !== null,
  address: device.address,
  /** Kept of devices that an older version recorded. */
  userAgent: device.userAgent ?? null,
  /** As keyed hashes, by attribute. */
  fingerprint: device.fingerprint,
})

const describeSession = (session: Session) => ({
  id: session.id,
  signInId: session.signInId,
  state: session.state,
  transport: session.transport,
  firstFactor: session.firstFactor,
  firstMethods: session.firstMethods,
  begunBy: session.authentication && describeAuthentication(session.authentication),
  organizationId: session.organizationId,
  signedInAt: session.signedInAt,
  lastSeenAt: session.lastSeenAt,
  endsAt: session.endsAt,
  deviceId: session.deviceId,
  address: session.address,
  userAgent: session.userAgent,
  /** As keyed hashes, by attribute. */
  fingerprint: session.fingerprint,
  riskScore: session.arrivedBy.score,
  /** Where it was last proved, as the risk model stores it. */
  provedFrom: session.provedFrom,
  proofs: Object.values(session.proofs).map(({ factorId, type, provedAt }) => ({ factorId, type, provedAt })),
})

const describeAuthentication = ({ tenant, subject, audience, intent, origin }: ServiceAuthentication) => ({
  tenant,
  subject,
  audience,
  intent,
  address: origin.address,
  userAgent: origin.userAgent,
})
