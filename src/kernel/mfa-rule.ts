import { isAtLeast, type Assurance, type Assurances } from './assurance.js'
import type { FactorType } from './factor-type.js'
import type { OrganizationId } from './ids.js'
import type { RiskThresholds } from './risk-thresholds.js'

/** Which second factors sessions need and may use: the rule of the installation, or that of one organization on top. */
export interface MfaRule {
  /** Whether the account must have a second factor. */
  readonly required: boolean
  /** The kinds of factor that count, besides recovery codes. */
  readonly methods: readonly FactorType[]
  /** Whether a recovery code counts, too. Where it does not, it only allows enrolling a new factor (R137). */
  readonly recoveryCodes: boolean
  /** Whether a remembered device spares a prompt. */
  readonly rememberedDevices: boolean
  /** The risk scores at which the organization requires a prompt, besides the installation's; null: it sets none. */
  readonly riskThresholds: RiskThresholds | null
  /** What every session must have proved, regardless of the field; null: nothing. */
  readonly session: SessionRule | null
  /** What a break-glass member is exempt from, at the price of being watched; null: nothing. */
  readonly setAside: SetAside | null
}

/** The rule without the exemption, and the organizations that set it. */
export interface SetAside {
  readonly organizationIds: readonly OrganizationId[]
  readonly rule: Omit<MfaRule, 'setAside'>
}

export interface SessionRule {
  readonly assurance: Assurance
  /** Maximum age of that proof; null: as old as the session. */
  readonly maxAgeSeconds: number | null
}

/** All rules for one account, as of now. Built anew for every request, so a change takes effect with the next one. */
export interface MfaRules {
  /** The rule of the installation, for sessions of the account itself and of no organization. */
  readonly account: MfaRule
  /** The rule of sessions for each organization the account is a member of. No other organization changes it (R133). */
  readonly organizations: Readonly<Record<OrganizationId, MfaRule>>
  readonly everywhere: CommonRule
}

/**
 * Rules that only make sense for the account as a whole: the strictest of all organizations. A membership can only add.
 */
export interface CommonRule {
  /** The kinds of factor that may be enrolled: those that every organization allows. */
  readonly enrollable: readonly FactorType[]
  /** Whether a device may be remembered, and counts as remembered at sign-in: only if every organization allows it. */
  readonly rememberedDevices: boolean
  /** The thresholds that judge a sign-in: the lowest of each level. */
  readonly riskThresholds: RiskThresholds | null
  /**
   * One list for each organization that names kinds, and one for each whose role demands a phishing-resistant factor.
   * An account that has had a factor of a list must prove one of that list to manage its factors: otherwise a kind that
   * does not count in an organization could be used to enrol one that does (R134).
   */
  readonly vouching: readonly (readonly FactorType[])[]
  /** One list for each organization that requires a factor: the last factor of a list cannot be removed (R050). */
  readonly keepOneOf: readonly (readonly FactorType[])[]
}

/**
 * The rule of a session. If the account is not, or is no longer, a member of the organization, its own rule applies.
 */
export const ruleFor = ({ account, organizations }: MfaRules, organizationId: OrganizationId | null): MfaRule =>
  (organizationId === null ? undefined : organizations[organizationId]) ?? account

/**
 * Whether a factor of this kind may be challenged. Recovery codes always may, because they come with another factor
 * (R040).
 */
export const allowsMethod = ({ methods }: Pick<MfaRule, 'methods'>, type: FactorType): boolean =>
  type === 'RECOVERY_CODE' || methods.includes(type)

/** Whether a proof of this kind counts. */
export const countsProofOf = ({ methods, recoveryCodes }: MfaRule, type: FactorType): boolean =>
  type === 'RECOVERY_CODE' ? recoveryCodes : methods.includes(type)

/**
 * Whether a device remembered with this kind of factor spares the prompt under this rule; null: the kind is unknown.
 */
export function sparesPrompt(rule: Omit<MfaRule, 'setAside'>, installation: MfaRule, by: FactorType | null): boolean {
  if (!rule.rememberedDevices || rule.session?.maxAgeSeconds != null) return false
  const isEveryKindAllowed = installation.methods.every((type) => rule.methods.includes(type))
  return isEveryKindAllowed || (by !== null && rule.methods.includes(by))
}

/** The assurance a factor must give where the account must have one. */
export const assuranceWanted = ({ session }: Pick<MfaRule, 'session'>): Assurance => session?.assurance ?? 'MFA'

/** The kinds of factor that satisfy it. A mailbox does not satisfy "every account needs a second factor" (R044). */
export const kindsAsked = (rule: Pick<MfaRule, 'methods' | 'session'>, assurances: Assurances): readonly FactorType[] =>
  rule.methods.filter((type) => isAtLeast(assurances.of(type), assuranceWanted(rule)))
