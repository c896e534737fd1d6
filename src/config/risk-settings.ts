import { decimal, integer, oneOf } from './parsers.js'
import type { SettingSections } from './setting.js'

/** The risk of sign-ins and operations: docs/risk.md. */
export const RISK_SETTINGS = {
  risk: {
    mode: {
      env: 'STEPGATE_RISK_MODE',
      parser: oneOf('ENFORCE', 'REPORT_ONLY'),
      default: 'ENFORCE',
      meaning:
        '`REPORT_ONLY` records which sign-ins risk would have challenged or blocked, without doing it. Accounts with a ' +
        'second factor are then challenged at every sign-in without a remembered device. Guards still apply.',
    },
    promptBudget: {
      env: 'STEPGATE_RISK_PROMPT_BUDGET',
      parser: decimal(0, 50),
      default: '7',
      unit: 'percent',
      meaning:
        'How many of a hundred legitimate sign-ins may be challenged for their risk, by score or by a hard rule. The ' +
        'lowest threshold moves by at most 1 down and 2 up to stay within this budget, and by less while there are few ' +
        'sign-ins. 0 never moves it.',
    },
    shareSeconds: {
      env: 'STEPGATE_RISK_SHARE',
      parser: integer(1, 3_600),
      default: '60',
      unit: 'seconds',
      meaning: "How soon a process learns the other processes' counts for the prompt budget and the population.",
    },
  },
  riskThresholds: {
    low: {
      env: 'STEPGATE_RISK_THRESHOLD_LOW',
      parser: decimal(-5, 5),
      default: '0',
      unit: 'nats',
      meaning: 'Up to this score no second factor is required.',
    },
    medium: {
      env: 'STEPGATE_RISK_THRESHOLD_MEDIUM',
      parser: decimal(-4, 20),
      default: '4',
      unit: 'nats',
      meaning: 'Up to this score any second factor is accepted. Above it, none that can be intercepted.',
    },
    high: {
      env: 'STEPGATE_RISK_THRESHOLD_HIGH',
      parser: decimal(-3, 30),
      default: '8',
      unit: 'nats',
      meaning: 'Above this score only a passkey is accepted, and accounts without one are blocked.',
    },
  },
} as const satisfies SettingSections
