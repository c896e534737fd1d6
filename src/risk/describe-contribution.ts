import { z } from 'zod'
import type { ContributionSentence } from '../kernel/contribution-sentence.js'
import type { Say, Sentence, SentenceValue } from '../kernel/sentences.js'
import { CONTRIBUTION_CODES, type ContributionCode, type ContributionFacts } from './contribution.js'

/** A contribution as the audit log keeps it, perhaps written by another version. */
export interface KeptContribution {
  readonly code: string
  readonly facts?: object | null
  /** What earlier versions kept in place of facts: a sentence. */
  readonly detail?: string | null
}

/** What was recorded beside the contributions, and may have been erased since. */
export interface ContributionContext {
  /** ISO 3166-1 alpha-2; null when it is not known, or no longer. */
  readonly country: string | null
}

/** One contribution in a sentence for operators: as it is stored, or made of the facts. Null if this version cannot read it. */
export function describeContribution(kept: KeptContribution, context: ContributionContext, say: Say): string | null {
  if (typeof kept.detail === 'string') return kept.detail
  const sentence = sentenceOf(kept, context)
  return sentence && say(sentence)
}

function sentenceOf({ code, facts }: KeptContribution, context: ContributionContext): Sentence | null {
  if (!isKnown(code)) return null
  if (!hasFacts(code)) return { id: `contribution.${code}` }
  const { shape, says } = READERS[code] as FactsReader<unknown>
  const parsed = shape.safeParse(facts)
  return parsed.success ? says(parsed.data, context) : null
}

const isKnown = (code: string): code is ContributionCode => Object.hasOwn(CONTRIBUTION_CODES, code)

const hasFacts = (code: ContributionCode): code is keyof ContributionFacts => Object.hasOwn(READERS, code)

interface FactsReader<Facts> {
  readonly shape: z.ZodType<Facts>
  readonly says: (facts: Facts, context: ContributionContext) => Sentence
}

const sentence = (id: ContributionSentence, values: Readonly<Record<string, SentenceValue>> = {}): Sentence => ({
  id: `contribution.${id}`,
  values,
})

const count = z.number()
const withinHours = z.object({ withinHours: count })

/** How the facts of each code are read, and which sentence they make. */
const READERS: { readonly [Code in keyof ContributionFacts]: FactsReader<ContributionFacts[Code]> } = {
  COUNTRY_NEW: { shape: z.object({ where: z.enum(['country', 'unlocated']) }), says: newCountry },
  COUNTRY_USUAL: {
    shape: z.object({ where: z.enum(['country', 'unlocated', 'subnet']) }),
    says: ({ where }) => sentence(`COUNTRY_USUAL.${where}`),
  },
  COUNTRY_UNKNOWN: {
    shape: z.object({
      gap: z.enum(['off', 'not-ready', 'failed', 'not-found', 'address-not-public', 'address-unreadable', 'unknown']),
    }),
    says: ({ gap }) => sentence(`COUNTRY_UNKNOWN.${gap}`),
  },
  NETWORK_HOSTING: {
    shape: z.object({ networkClass: z.enum(['hosting', 'vpn', 'tor', 'relay']) }),
    says: ({ networkClass }) => sentence(`NETWORK_HOSTING.${networkClass}`),
  },
  FAILED_ATTEMPTS: { shape: z.object({ failures: count }), says: (facts) => sentence('FAILED_ATTEMPTS', facts) },
  NAMES_FAILED_NEARBY: {
    shape: z.object({ moreThan: count }),
    says: (facts) => sentence('NAMES_FAILED_NEARBY', facts),
  },
  LISTED: { shape: z.object({ by: z.enum(['device', 'network']) }), says: ({ by }) => sentence(`LISTED.${by}`) },
  CREDENTIAL_CHANGED: { shape: withinHours, says: (facts) => sentence('CREDENTIAL_CHANGED', facts) },
  PROMPT_DENIED: { shape: withinHours, says: (facts) => sentence('PROMPT_DENIED', facts) },
  ACCOUNT_DORMANT: { shape: z.object({ days: count }), says: (facts) => sentence('ACCOUNT_DORMANT', facts) },
  STEP_UP_PASSED: { shape: withinHours, says: (facts) => sentence('STEP_UP_PASSED', facts) },
  RULE_LISTED: {
    shape: z.object({ by: z.enum(['device', 'network', 'tor']) }),
    says: ({ by }) => sentence(by === 'tor' ? 'RULE_LISTED.tor' : `LISTED.${by}`),
  },
  RULE_IMPOSSIBLE_TRAVEL: {
    shape: z.object({ km: count, seconds: count }),
    says: ({ km, seconds }) =>
      sentence('RULE_IMPOSSIBLE_TRAVEL', { distance: { km }, elapsed: { seconds: toHours(seconds) } }),
  },
  RULE_CREDENTIAL_CHANGED: { shape: withinHours, says: (facts) => sentence('RULE_CREDENTIAL_CHANGED', facts) },
  RULE_FAILED_ATTEMPTS: {
    shape: z.object({ failures: count }),
    says: (facts) => sentence('RULE_FAILED_ATTEMPTS', facts),
  },
  RULE_COLD_START: { shape: z.object({ fewerThan: count }), says: (facts) => sentence('RULE_COLD_START', facts) },
  RULE_NEW_COUNTRY: {
    shape: z.object({ where: z.enum(['country', 'unlocated', 'network']) }),
    says: ({ where }, context) =>
      where === 'network' ? sentence('RULE_NEW_COUNTRY.network') : newCountry({ where }, context),
  },
  RULE_SESSION_MOVED: {
    shape: z.object({ to: z.enum(['browser', 'country', 'browser-and-country']) }),
    says: ({ to }) => sentence(`RULE_SESSION_MOVED.${to}`),
  },
}

/** Names the country only as long as the event does: contributions do not know it. */
function newCountry({ where }: ContributionFacts['COUNTRY_NEW'], { country }: ContributionContext): Sentence {
  if (where !== 'country' || country === null || !/^[A-Z]{2}$/.test(country)) return sentence(`COUNTRY_NEW.${where}`)
  return sentence('COUNTRY_NEW.named', { country: { country } })
}

/** To the nearest hour above two of them, because sentences round waits up. */
const toHours = (seconds: number): number => (seconds < 7200 ? seconds : Math.round(seconds / 3600) * 3600)
