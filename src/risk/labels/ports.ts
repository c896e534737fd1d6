import type { AccountId, SessionId } from '../../kernel/ids.js'
import type { PackedProfile } from '../profile/pack-profile.js'
import type { RiskLabel } from './relearn.js'

export interface LabelChange {
  readonly accountId: AccountId
  /** The id of the decision, which is that of its audit event. */
  readonly decisionId: string
  readonly label: RiskLabel
  readonly at: Date
  /** Labels given before that are of decisions that cannot be labelled again: they make room. */
  readonly keptSince: Date
  /** Whether the account is under suspicion from now on, and the sign-in's sessions end. */
  readonly raisesSuspicion: boolean
  /** The session the decision was about; null: none. */
  readonly sessionId: SessionId | null
  /** The profile after the change, from the one before and the label before it. Pure: a lost race calls it again. */
  readonly relearn: (profile: PackedProfile | null, from: RiskLabel | null) => PackedProfile | null
}

export type LabelOutcome =
  | { readonly kind: 'labelled'; readonly before: RiskLabel | null; readonly endedSessions: readonly SessionId[] }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unknown-account' }
  | { readonly kind: 'full' }

export interface RiskLabelStore {
  /**
   * Gives a decision its label, changes the profile and ends sessions in the same update: of any number of callers with the
   * same label, one does. `before`: the label it had. `full`: the account has a hundred already that still count.
   */
  label(change: LabelChange): Promise<LabelOutcome>
}
