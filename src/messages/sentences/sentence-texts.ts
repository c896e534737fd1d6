import type { ContributionSentence } from '../../kernel/contribution-sentence.js'
import type { SentenceId } from '../../kernel/sentences.js'

/** The sentences of one language. Gaps are written `{{name}}`. */
export type SentenceTexts = Readonly<Record<SentenceId, string>>

export type ContributionTexts = Readonly<Record<`contribution.${ContributionSentence}`, string>>
