import { decimal, integer, oneOf } from './parsers.js'
import type { SettingTable } from './setting.js'

/** The risk of sign-ins and operations: docs/risk.md. */
export const RISK_SETTINGS = {
  riskMode: {
    env: 'STEPGATE_RISK_MODE',
    parser: oneOf('ENFORCE', 'REPORT_ONLY'),
    default: 'ENFORCE',
    meaning:
      'REPORT_ONLY writes down what risk would have asked or blocked and acts on none of it: whoever has a second factor ' +
      'is asked at every sign-in without a remembered device. Guards are in force all the same.',
  },
  riskThresholdLow: {
    env: 'STEPGATE_RISK_THRESHOLD_LOW',
    parser: decimal(-5, 5),
    default: '0',
    unit: 'nats',
    meaning: 'Up to this score nobody is asked.',
  },
  riskThresholdMedium: {
    env: 'STEPGATE_RISK_THRESHOLD_MEDIUM',
    parser: decimal(-4, 20),
    default: '4',
    unit: 'nats',
    meaning: 'Up to this score any second factor will do; above, none that can be intercepted.',
  },
  riskThresholdHigh: {
    env: 'STEPGATE_RISK_THRESHOLD_HIGH',
    parser: decimal(-3, 30),
    default: '8',
    unit: 'nats',
    meaning: 'Above this score only a passkey opens, and nothing does without one.',
  },
  riskPromptBudget: {
    env: 'STEPGATE_RISK_PROMPT_BUDGET',
    parser: decimal(0, 50),
    default: '3',
    unit: 'percent',
    meaning:
      'How many of a hundred legitimate sign-ins may be asked: the lowest threshold moves by at most 1 down and 2 up to ' +
      'keep to it. 0 leaves it where it is.',
  },
  riskShareSeconds: {
    env: 'STEPGATE_RISK_SHARE',
    parser: integer(1, 3_600),
    default: '60',
    unit: 'seconds',
    meaning:
      'How soon a process learns what others counted for the prompt budget and of what is usual among everybody.',
  },
} as const satisfies SettingTable
