import type { AccountId } from '../../kernel/ids.js'
import type { PackedProfile } from '../profile/pack-profile.js'
import type { RiskLabel } from './relearn.js'

export interface LabelChange {
  readonly accountId: AccountId
  /** The id of the decision, which is that of its audit event. */
  readonly decisionId: string
  readonly label: RiskLabel
  readonly at: Date
  /** Whether the account is under suspicion from now on. */
  readonly raisesSuspicion: boolean
  /** The profile after the change, from the one before and the label before it. Pure: a lost race calls it again. */
  readonly relearn: (profile: PackedProfile | null, from: RiskLabel | null) => PackedProfile | null
}

export type LabelOutcome =
  | { readonly kind: 'labelled'; readonly before: RiskLabel | null }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unknown-account' }

export interface RiskLabelStore {
  /**
   * Gives a decision its label and changes the profile in the same update: of any number of callers with the same label,
   * one does. `before`: the label it had. Keeps the newest hundred of an account.
   */
  label(change: LabelChange): Promise<LabelOutcome>
}
