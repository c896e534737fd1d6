import { STEP_UP_PURPOSES, type SentenceId, type StepUpPurpose } from '../kernel/sentences.js'
import type { StepUpNeed } from '../kernel/step-up.js'

/** The application's sentences, by purpose. */
export type PurposeMessages = Readonly<Record<string, string>>

export interface StepUpWords {
  /** The application's sentences: for its own purposes, or to replace the built-in ones. */
  readonly messages?: PurposeMessages | undefined
  /** A sentence in English, for the RFC 9470 header and for servers that do not translate. */
  readonly inEnglish: (id: SentenceId) => string
}

/** The message of a step-up: the application's own text, or a sentence id with its English text. */
export type StepUpSentence = { readonly message: string; readonly says?: SentenceId }

/** The sentence for a need. If no factor can meet it, enrolled or not, the sentence says to sign in again. */
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
