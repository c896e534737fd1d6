import { rate } from './parsers.js'
import type { SettingTable } from './setting.js'

/** Budgets of calls and of failures; all of them hold in a fixed window. */
export const LIMIT_SETTINGS = {
  signInPerAddressAndName: {
    env: 'STEPGATE_SIGN_IN_LIMIT_ADDRESS_AND_NAME',
    parser: rate,
    default: '10/900',
    unit: 'count/seconds',
    meaning: 'Failed sign-ins for one name from one address or network, whether or not there is such an account.',
  },
  signInPerAddress: {
    env: 'STEPGATE_SIGN_IN_LIMIT_ADDRESS',
    parser: rate,
    default: '100/900',
    unit: 'count/seconds',
    meaning: 'Failed sign-ins from one IPv4 address or IPv6 /64 network, whatever the names.',
  },
  signInPerName: {
    env: 'STEPGATE_SIGN_IN_LIMIT_NAME',
    parser: rate,
    default: '100/3600',
    unit: 'count/seconds',
    meaning: 'Failed sign-ins for one name from anywhere; remembered devices of the account are not held up by it.',
  },
  signInPerDevice: {
    env: 'STEPGATE_SIGN_IN_LIMIT_DEVICE',
    parser: rate,
    default: '10/900',
    unit: 'count/seconds',
    meaning: 'Failed sign-ins from one remembered device.',
  },
  signInOverall: {
    env: 'STEPGATE_SIGN_IN_LIMIT_OVERALL',
    parser: rate,
    default: '10000/900',
    unit: 'count/seconds',
    meaning: 'Failed sign-ins in all.',
  },
  publicMutationsPerAddress: {
    env: 'STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS',
    parser: rate,
    default: '30/900',
    unit: 'count/seconds',
    meaning: 'Sign-ups from one address or network, and as many followed links.',
  },
  refreshPerAddress: {
    env: 'STEPGATE_REFRESH_LIMIT_ADDRESS',
    parser: rate,
    default: '600/900',
    unit: 'count/seconds',
    meaning: 'Refreshed sessions from one address or network.',
  },
  smsPerAccount: {
    env: 'STEPGATE_SMS_LIMIT_ACCOUNT',
    parser: rate,
    default: '10/3600',
    unit: 'count/seconds',
    meaning: 'Text messages one account can have sent.',
  },
  smsPerNumber: {
    env: 'STEPGATE_SMS_LIMIT_NUMBER',
    parser: rate,
    default: '5/3600',
    unit: 'count/seconds',
    meaning: 'Text messages to one number, whoever asks; three fifths of them at most for enrolments.',
  },
  smsPerPrefix: {
    env: 'STEPGATE_SMS_LIMIT_PREFIX',
    parser: rate,
    default: '100/3600',
    unit: 'count/seconds',
    meaning: 'Text messages to numbers that differ in the last four digits only.',
  },
  smsOverall: {
    env: 'STEPGATE_SMS_LIMIT_OVERALL',
    parser: rate,
    default: '1000/3600',
    unit: 'count/seconds',
    meaning: 'Text messages in all.',
  },
  emailCodePerAccount: {
    env: 'STEPGATE_EMAIL_CODE_LIMIT_ACCOUNT',
    parser: rate,
    default: '20/3600',
    unit: 'count/seconds',
    meaning: 'Codes one account can have sent by e-mail.',
  },
  passkeyPerAddress: {
    env: 'STEPGATE_PASSKEY_LIMIT_ADDRESS',
    parser: rate,
    default: '60/900',
    unit: 'count/seconds',
    meaning: 'Sign-ins with a passkey that are begun from one address or network, and as many that are tried.',
  },
  pushDevicePerAddress: {
    env: 'STEPGATE_PUSH_DEVICE_LIMIT_ADDRESS',
    parser: rate,
    default: '600/900',
    unit: 'count/seconds',
    meaning: 'Calls of enrolled push devices from one address or network.',
  },
} as const satisfies SettingTable
