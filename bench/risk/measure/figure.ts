import type { MonthSummary } from './person-months.js'

/** What one run, or one policy in it, came to: a number by name. What could not be measured is missing. */
export type Figures = Readonly<Record<string, number>>

export const BLOCKED_SHARES = [0.95, 0.98, 0.99, 0.995] as const
export const PROMPT_RATES = [0.01, 0.02, 0.05] as const
export const DECISION_QUANTILES = [0.5, 0.99] as const
/** Sign-ins learned before a person counts in rates and thresholds. */
export const SETTLED_HISTORY = 10
/** The figure of all people, next to the figures of groups. */
export const EVERYBODY = 'everybody'

/**
 * The names of figures. `attacker` and `group` are names the world gives; `blocked` is the share of that attacker the
 * threshold stops. Rates and shares are fractions of 1, of people with a settled history unless it says otherwise.
 */
export const figure = {
  /** Legitimate sign-ins asked. */
  promptRate: (attacker: string, blocked: number) => `prompt-rate/${attacker}/${blocked}`,
  /** The same without people who like private windows. */
  promptRateWithoutPrivate: (attacker: string, blocked: number) => `prompt-rate-without-private/${attacker}/${blocked}`,
  /** The same of one group of people. */
  groupPromptRate: (group: string, attacker: string, blocked: number) =>
    `group-prompt-rate/${group}/${attacker}/${blocked}`,
  /** Attackers stopped where that share of legitimate sign-ins is asked. */
  stopped: (attacker: string, promptRate: number) => `stopped/${attacker}/${promptRate}`,
  /** How often the median person was asked in the first `count` scored sign-ins. */
  reauthentications: (attacker: string, blocked: number, count: number) =>
    `reauthentications/${attacker}/${blocked}/${count}`,
  /** The same at the threshold that stops so many of the attackers of people with just `count` sign-ins. */
  reauthenticationsBySize: (attacker: string, blocked: number, count: number) =>
    `reauthentications-by-size/${attacker}/${blocked}/${count}`,
  /** People asked at the sign-in after `history` others. */
  askedAfter: (attacker: string, blocked: number, history: number) => `asked-after/${attacker}/${blocked}/${history}`,
  auc: (attacker: string) => `auc/${attacker}`,
  /** Up to five per cent of legitimate sign-ins asked; 1 is perfect. */
  partialAuc: (attacker: string) => `partial-auc/${attacker}`,
  /** A point of the curve. */
  roc: (attacker: string, promptRate: number) => `roc/${attacker}/${promptRate}`,
  /** As the policy would be installed, of a group or of `EVERYBODY`. */
  defaultPromptRate: (group: string) => `default-prompt-rate/${group}`,
  /** With however short a history. */
  defaultPromptRateFromTheStart: () => 'default-prompt-rate-from-the-start',
  defaultStopped: (attacker: string) => `default-stopped/${attacker}`,
  /** Prompts a person and month, as installed. */
  monthly: (group: string, statistic: keyof MonthSummary) => `monthly/${group}/${statistic}`,
  /** Prompt rate in the campaign over the one in quiet weeks, as installed. */
  campaignRatio: () => 'campaign-ratio',
  /** Microseconds. */
  decisionTime: (quantile: number) => `decision-time/${quantile}`,
  /** Mean bytes a person. */
  profileBytes: () => 'profile-bytes',
} as const
