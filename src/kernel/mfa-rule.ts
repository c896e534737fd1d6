import { isAtLeast, type Assurance, type Assurances } from './assurance.js'
import type { FactorType } from './factor-type.js'
import type { OrganizationId } from './ids.js'
import type { RiskThresholds } from './risk-thresholds.js'

/**
 * Which second factors one person needs and may use, as of now: the rule of the installation, tightened by every
 * organization the person is in. Made anew for every request, so a change bites with the next one.
 */
export interface MfaRule {
  /** Whether the account has to have a second factor. */
  readonly required: boolean
  /** From when on it will have to; null: it has to now, or never. */
  readonly dueAt: Date | null
  /** The kinds that may be enrolled and count, besides recovery codes. */
  readonly methods: readonly FactorType[]
  /** Whether a device may be remembered, and spare a prompt at sign-in. */
  readonly rememberedDevices: boolean
  /** From which scores on its organizations want it asked, beside what the installation says; null: nothing of their own. */
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

/** Whether a factor of this kind counts: recovery codes always do, they come with another one (R040). */
export const allowsMethod = ({ methods }: Pick<MfaRule, 'methods'>, type: FactorType): boolean =>
  type === 'RECOVERY_CODE' || methods.includes(type)

/** What a factor has to be worth where the account has to have one. */
export const assuranceWanted = ({ session }: Pick<MfaRule, 'session'>): Assurance => session?.assurance ?? 'MFA'

/** The kinds of factor that satisfy it. A mailbox is not what "everybody needs a second factor" means (R044). */
export const kindsAsked = (rule: Pick<MfaRule, 'methods' | 'session'>, assurances: Assurances): readonly FactorType[] =>
  rule.methods.filter((type) => isAtLeast(assurances.of(type), assuranceWanted(rule)))
