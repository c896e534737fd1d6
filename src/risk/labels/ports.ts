import type { ChangeEvents } from '../../audit/index.js'
import type { AccountId, SessionId } from '../../kernel/ids.js'
import type { PackedProfile } from '../profile/pack-profile.js'
import type { RiskLabel } from './relearn.js'

export interface LabelChange {
  readonly accountId: AccountId
  /** The id of the decision, which is that of its audit event. */
  readonly decisionId: string
  readonly label: RiskLabel
  readonly at: Date
  /** Earlier labels of decisions that are too old to be labelled again. They are dropped to make room. */
  readonly keptSince: Date
  /** Whether to put the account under suspicion from now on and end the sessions of the sign-in. */
  readonly raisesSuspicion: boolean
  /** The session of the decision; null if there was none. */
  readonly sessionId: SessionId | null
  /** Makes the new profile from the current one and the previous label. Pure, because a lost race calls it again. */
  readonly relearn: (profile: PackedProfile | null, from: RiskLabel | null) => PackedProfile | null
}

export interface Labelled {
  readonly kind: 'labelled'
  readonly before: RiskLabel | null
  readonly endedSessions: readonly SessionId[]
}

export type LabelOutcome =
  Labelled | { readonly kind: 'unchanged' } | { readonly kind: 'unknown-account' } | { readonly kind: 'full' }

export interface RiskLabelStore {
  /**
   * Gives a decision its label, changes the profile and ends sessions in the same update: of any number of callers with
   * the same label, one does. `before`: the label it had. `full`: the account has a hundred already that still count.
   */
  label(change: LabelChange, eventsOf: (labelled: Labelled) => ChangeEvents): Promise<LabelOutcome>
}
