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
} as const satisfies SettingTable
