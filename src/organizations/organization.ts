import type { Assurance } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { AccountId, OrganizationId } from '../kernel/ids.js'
import type { OrganizationRole } from '../kernel/membership.js'
import type { RiskThresholds } from '../kernel/risk-thresholds.js'

/** A tenant: people who work together, and the sign-in rules they agreed on. */
export interface Organization {
  readonly id: OrganizationId
  readonly name: string
  readonly createdAt: Date
  readonly mfaPolicy: OrganizationMfaPolicy
  /** Domains the organization has proved, in lower case: people with an address there may join. */
  readonly domains: readonly string[]
  /** Domains that are not proved yet. */
  readonly pendingDomains: readonly PendingDomain[]
  /** Its administrators and no other account; a new or leaving one may be missing for a moment. */
  readonly adminIds: readonly AccountId[]
  /** Its break-glass members. Complete, but it may list a former one. */
  readonly breakGlassIds: readonly AccountId[]
  /** Grows with every change. */
  readonly revision: number
}

/** An added domain, and the DNS record that proves it. */
export interface PendingDomain {
  readonly domain: string
  readonly token: string
  readonly addedAt: Date
}

export const ORGANIZATION_MFA_MODES = ['OPTIONAL', 'REQUIRED_FOR_ALL'] as const
export type OrganizationMfaMode = (typeof ORGANIZATION_MFA_MODES)[number]

/** What an organization requires of its members' sign-ins and sessions. */
export interface OrganizationMfaPolicy {
  readonly mode: OrganizationMfaMode
  /** The kinds of factor that count for its members; null: all that the installation uses. */
  readonly methods: readonly FactorType[] | null
  /** Whether a remembered device may spare its members the prompt at sign-in. */
  readonly rememberedDevices: boolean
  /** The risk in nats from which members are prompted, if lower than the installation's; null: as the installation. */
  readonly riskThresholds: RiskThresholds | null
  /** Until then members are only notified, and their existing factors count; null: the policy applies now. */
  readonly enrollmentGraceUntil: Date | null
  /** Maximum age of a member's second factor for any operation; null: as old as the session. */
  readonly maxAgeSeconds: number | null
  /** What particular roles must prove, in either mode. */
  readonly roles: readonly RoleRequirement[]
}

export interface RoleRequirement {
  readonly role: OrganizationRole
  /** `MFA` or `PHISHING_RESISTANT`. */
  readonly assurance: Assurance
}

/** A policy without requirements: the members and the installation decide. */
export const OPEN_MFA_POLICY: OrganizationMfaPolicy = Object.freeze({
  mode: 'OPTIONAL',
  methods: null,
  rememberedDevices: true,
  riskThresholds: null,
  enrollmentGraceUntil: null,
  maxAgeSeconds: null,
  roles: [],
})

/** The maximum number of each thing. */
export interface OrganizationLimits {
  readonly perPerson: number
  readonly admins: number
  readonly breakGlass: number
  readonly domains: number
  readonly openInvitations: number
  readonly invitationSeconds: number
  readonly membersPerPage: number
}
