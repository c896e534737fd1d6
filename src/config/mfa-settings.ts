import { integer, oneOf, rate } from './parsers.js'
import type { SettingSections } from './setting.js'

/** Second factors, challenges, step-up and remembered devices. */
export const MFA_SETTINGS = {
  mfa: {
    policy: {
      env: 'STEPGATE_MFA_POLICY',
      parser: oneOf('OPTIONAL', 'REQUIRED'),
      default: 'OPTIONAL',
      meaning: 'Whether every account needs a second factor.',
    },
    totpPastSteps: {
      env: 'STEPGATE_TOTP_PAST_STEPS',
      parser: integer(0, 1),
      default: '1',
      unit: 'steps of 30 seconds',
      meaning: 'How many steps late a TOTP code may be. 0 accepts the current code only.',
    },
    totpStepsAhead: {
      env: 'STEPGATE_TOTP_STEPS_AHEAD',
      parser: integer(0, 1),
      default: '1',
      unit: 'steps of 30 seconds',
      meaning: 'How many steps early a TOTP code may be. Has no effect if `STEPGATE_TOTP_PAST_STEPS` is 0.',
    },
    totpMaxDriftSteps: {
      env: 'STEPGATE_TOTP_MAX_DRIFT',
      parser: integer(0, 2),
      default: '2',
      unit: 'steps of 30 seconds',
      meaning:
        'How far the accepted TOTP codes follow a phone whose clock is wrong. 0 learns nothing. Has no effect without a ' +
        'past step and a step ahead.',
    },
    stepUpBudget: {
      env: 'STEPGATE_STEP_UP_LIMIT',
      parser: rate,
      default: '10/900',
      unit: 'count/seconds',
      meaning: 'Wrong answers of one account, across all factors, that lock step-up.',
    },
    stepUpLockSeconds: {
      env: 'STEPGATE_STEP_UP_LOCK',
      parser: integer(60, 86_400),
      default: '900',
      unit: 'seconds',
      meaning: 'How long step-up stays locked.',
    },
    factorFailureLimit: {
      env: 'STEPGATE_FACTOR_FAILURE_LIMIT',
      parser: integer(5, 100),
      default: '100',
      meaning: 'Wrong answers in a row that disable a factor until it is enrolled again.',
    },
    factorsPerAccount: {
      env: 'STEPGATE_MAX_FACTORS',
      parser: integer(1, 50),
      default: '10',
      meaning: 'Factors of one account.',
    },
    tokenSeconds: {
      env: 'STEPGATE_MFA_TOKEN_LIFETIME',
      parser: integer(30, 900),
      default: '300',
      unit: 'seconds',
      meaning: 'How long the `mfaToken` of a step-up works.',
    },
    stepUpsPerSession: {
      env: 'STEPGATE_MAX_STEP_UPS',
      parser: integer(8, 200),
      default: '20',
      meaning: 'Open step-ups of one session. A new one replaces the oldest that has no challenge.',
    },
  },
  challenges: {
    totpSeconds: {
      env: 'STEPGATE_TOTP_CHALLENGE_LIFETIME',
      parser: integer(30, 600),
      default: '300',
      unit: 'seconds',
      meaning: 'How long a TOTP or passkey challenge can be answered.',
    },
    otherSeconds: {
      env: 'STEPGATE_CHALLENGE_LIFETIME',
      parser: integer(30, 600),
      default: '600',
      unit: 'seconds',
      meaning: 'How long other challenges can be answered.',
    },
    attempts: {
      env: 'STEPGATE_CHALLENGE_ATTEMPTS',
      parser: integer(1, 10),
      default: '5',
      meaning: 'Answers that one challenge accepts.',
    },
    resendSeconds: {
      env: 'STEPGATE_RESEND_DELAY',
      parser: integer(1, 600),
      default: '30',
      unit: 'seconds',
      meaning: 'The wait before the next message of a challenge. It doubles each time.',
    },
    maxResendSeconds: {
      env: 'STEPGATE_RESEND_DELAY_MAX',
      parser: integer(1, 3_600),
      default: '480',
      unit: 'seconds',
      meaning: 'The longest of these waits.',
    },
  },
  devices: {
    rememberedDays: {
      env: 'STEPGATE_REMEMBERED_DEVICE_DAYS',
      parser: integer(1, 365),
      default: '30',
      unit: 'days',
      meaning: 'How long a remembered device skips the second factor at sign-in.',
    },
    perAccount: {
      env: 'STEPGATE_MAX_DEVICES',
      parser: integer(1, 100),
      default: '20',
      meaning: 'Devices of one account. A new one replaces the oldest.',
    },
    perBrowser: {
      env: 'STEPGATE_MAX_DEVICE_COOKIES',
      parser: integer(1, 50),
      default: '20',
      meaning:
        'Accounts whose device cookie one browser stores. The cookie of a further account replaces the oldest one.',
    },
    proofWindowSeconds: {
      env: 'STEPGATE_DEVICE_PROOF_WINDOW',
      parser: integer(5, 300),
      default: '60',
      unit: 'seconds',
      meaning: "How far a client's clock may be off, in either direction, when it proves the key of its device.",
    },
  },
} as const satisfies SettingSections
