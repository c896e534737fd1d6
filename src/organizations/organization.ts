import type { Assurance } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { AccountId, OrganizationId } from '../kernel/ids.js'
import type { OrganizationRole } from '../kernel/membership.js'
import type { RiskThresholds } from '../kernel/risk-thresholds.js'

/** A tenant: people who work together, and the rules they agreed to sign in by. */
export interface Organization {
  readonly id: OrganizationId
  readonly name: string
  readonly createdAt: Date
  readonly mfaPolicy: OrganizationMfaPolicy
  /** Domains whose owners proved that they are theirs, in lower case: people with such an address may join. */
  readonly domains: readonly string[]
  /** Domains that still have to be proved. */
  readonly pendingDomains: readonly PendingDomain[]
  /** Those who are its administrators; nobody else, though for a moment somebody more may be one. */
  readonly adminIds: readonly AccountId[]
  /** Everybody whom its policy may be set aside for, and maybe somebody it no longer is. */
  readonly breakGlassIds: readonly AccountId[]
  /** Grows with every change. */
  readonly revision: number
}

/** A domain that was named, and what its DNS has to say to prove it. */
export interface PendingDomain {
  readonly domain: string
  readonly token: string
  readonly addedAt: Date
}

export const ORGANIZATION_MFA_MODES = ['OPTIONAL', 'REQUIRED_FOR_ALL'] as const
export type OrganizationMfaMode = (typeof ORGANIZATION_MFA_MODES)[number]

/** What an organization asks of its members' sign-ins and sessions. */
export interface OrganizationMfaPolicy {
  readonly mode: OrganizationMfaMode
  /** The kinds of factor that count for its members; null: all in use. */
  readonly methods: readonly FactorType[] | null
  /** Whether a remembered device may spare its members the prompt at sign-in. */
  readonly rememberedDevices: boolean
  /** From which risk on its members are asked, in nats, where that is sooner than the installation does; null: as there. */
  readonly riskThresholds: RiskThresholds | null
  /** Until then members are only told what is coming, and their old factors count; null: it holds now. */
  readonly enrollmentGraceUntil: Date | null
  /** How old a member's second factor may be, whatever they do; null: as old as the session. */
  readonly maxAgeSeconds: number | null
  /** What particular roles have to prove, in either mode. */
  readonly roles: readonly RoleRequirement[]
}

export interface RoleRequirement {
  readonly role: OrganizationRole
  /** `MFA` or `PHISHING_RESISTANT`. */
  readonly assurance: Assurance
}

/** Leaves everything to the members and to the installation. */
export const OPEN_MFA_POLICY: OrganizationMfaPolicy = Object.freeze({
  mode: 'OPTIONAL',
  methods: null,
  rememberedDevices: true,
  riskThresholds: null,
  enrollmentGraceUntil: null,
  maxAgeSeconds: null,
  roles: [],
})

/** How much of everything there may be. */
export interface OrganizationLimits {
  readonly perPerson: number
  readonly admins: number
  readonly breakGlass: number
  readonly domains: number
  readonly openInvitations: number
  readonly invitationSeconds: number
  readonly membersPerPage: number
}
