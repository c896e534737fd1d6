import { STEP_UP_PURPOSES, type SentenceId, type StepUpPurpose } from '../kernel/sentences.js'
import type { StepUpNeed } from '../kernel/step-up.js'

/** Sentences by purpose, as an application words them. */
export type PurposeMessages = Readonly<Record<string, string>>

export interface StepUpWords {
  /** Sentences for your own purposes, or instead of ours. */
  readonly messages?: PurposeMessages | undefined
  /** A sentence in English: for the header of RFC 9470, and for whoever does not say sentences in other languages. */
  readonly inEnglish: (id: SentenceId) => string
}

/** What asks for a step-up: the application's own words, or a sentence and the same in English. */
export type StepUpSentence = { readonly message: string; readonly says?: SentenceId }

/** The sentence for a need. When no factor, held or to be enrolled, can meet the need, it says to sign in again. */
export function stepUpSentence(need: StepUpNeed, { messages = {}, inEnglish }: StepUpWords): StepUpSentence {
  const { purpose } = need
  const canProve = need.challenge.length > 0 || need.enroll.length > 0
  const own = canProve && purpose !== null && Object.hasOwn(messages, purpose) ? messages[purpose] : undefined
  if (own !== undefined) return { message: own }
  const says = canProve ? sentenceOf(purpose) : 'step-up.sign-in-again'
  return { says, message: inEnglish(says) }
}

function sentenceOf(purpose: string | null): SentenceId {
  const known: readonly (string | null)[] = STEP_UP_PURPOSES
  return known.includes(purpose) ? `step-up.${purpose as StepUpPurpose}` : 'step-up.default'
}
