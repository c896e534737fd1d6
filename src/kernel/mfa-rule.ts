import { isAtLeast, type Assurance, type Assurances } from './assurance.js'
import type { FactorType } from './factor-type.js'
import type { OrganizationId } from './ids.js'
import type { RiskThresholds } from './risk-thresholds.js'

/** Which second factors sessions need and may use: the rule of the installation, or that of one organization on top. */
export interface MfaRule {
  /** Whether the account has to have a second factor. */
  readonly required: boolean
  /** The kinds of factor that count, besides recovery codes. */
  readonly methods: readonly FactorType[]
  /** Whether a recovery code counts, too. Where it does not, it opens the way to a new factor and nothing else (R137). */
  readonly recoveryCodes: boolean
  /** Whether a remembered device spares a prompt. */
  readonly rememberedDevices: boolean
  /** The risk scores from which the organization wants a prompt, beside the installation's; null: none of its own. */
  readonly riskThresholds: RiskThresholds | null
  /** What every session has to have proved, whatever a field asks; null: nothing. */
  readonly session: SessionRule | null
  /** What does not hold for a break-glass member, who is watched for it; null: everything holds. */
  readonly setAside: SetAside | null
}

/** The rule as it would be without the exemption, and the organizations that made it. */
export interface SetAside {
  readonly organizationIds: readonly OrganizationId[]
  readonly rule: Omit<MfaRule, 'setAside'>
}

export interface SessionRule {
  readonly assurance: Assurance
  /** How old that proof may be; null: as old as the session. */
  readonly maxAgeSeconds: number | null
}

/** All rules for one person, as of now. Made anew for every request, so a change bites with the next one. */
export interface MfaRules {
  /** The rule of the installation: for the person's own account, and for sessions that are for no organization. */
  readonly account: MfaRule
  /** The rule of sessions for each organization the person is in. No other organization changes it (R133). */
  readonly organizations: Readonly<Record<OrganizationId, MfaRule>>
  readonly everywhere: CommonRule
}

/** What can only be answered for the account as a whole: the strictest of all organizations. A membership only adds. */
export interface CommonRule {
  /** The kinds of factor that may be enrolled: those that every organization allows. */
  readonly enrollable: readonly FactorType[]
  /** Whether a device may be remembered, and counts as remembered at sign-in: where every organization allows it. */
  readonly rememberedDevices: boolean
  /** By which risk a sign-in is judged: the lowest threshold of each level. */
  readonly riskThresholds: RiskThresholds | null
  /**
   * One list for each organization that names kinds, and one for each whose role asks for a phishing-resistant factor. Where the
   * account has had a factor of a list, its factors are managed with a proof of that list: a kind that does not count in an
   * organization makes no factor that does (R134).
   */
  readonly vouching: readonly (readonly FactorType[])[]
  /** One list for each organization that wants a factor: the last factor of a list stays (R050). */
  readonly keepOneOf: readonly (readonly FactorType[])[]
}

/** The rule of a session. Where the person is not, or no longer, in the organization, it is that of the account. */
export const ruleFor = ({ account, organizations }: MfaRules, organizationId: OrganizationId | null): MfaRule =>
  (organizationId === null ? undefined : organizations[organizationId]) ?? account

/** Whether a factor of this kind may be asked about: recovery codes always, because they come with another one (R040). */
export const allowsMethod = ({ methods }: Pick<MfaRule, 'methods'>, type: FactorType): boolean =>
  type === 'RECOVERY_CODE' || methods.includes(type)

/** Whether a proof of this kind counts. */
export const countsProofOf = ({ methods, recoveryCodes }: MfaRule, type: FactorType): boolean =>
  type === 'RECOVERY_CODE' ? recoveryCodes : methods.includes(type)

/** Whether a remembered device spares a session of this rule, by the factor it was remembered with; null: nobody knows. */
export function sparesPrompt(rule: Omit<MfaRule, 'setAside'>, installation: MfaRule, by: FactorType | null): boolean {
  if (!rule.rememberedDevices || rule.session?.maxAgeSeconds != null) return false
  const isEveryKindAllowed = installation.methods.every((type) => rule.methods.includes(type))
  return isEveryKindAllowed || (by !== null && rule.methods.includes(by))
}

/** What a factor has to be worth where the account has to have one. */
export const assuranceWanted = ({ session }: Pick<MfaRule, 'session'>): Assurance => session?.assurance ?? 'MFA'

/** The kinds of factor that satisfy it. A mailbox is not what "everybody needs a second factor" means (R044). */
export const kindsAsked = (rule: Pick<MfaRule, 'methods' | 'session'>, assurances: Assurances): readonly FactorType[] =>
  rule.methods.filter((type) => isAtLeast(assurances.of(type), assuranceWanted(rule)))
