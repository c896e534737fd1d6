import { integer, list, network } from './parsers.js'
import type { SettingSections } from './setting.js'

/** How callers share what the limits leave: turns of passwords, networks of many people, and parts of limits. */
export const SHARED_LIMIT_SETTINGS = {
  passwordTurns: {
    keptForKnown: {
      env: 'STEPGATE_PASSWORD_TURNS_KEPT',
      parser: integer(0, 63),
      default: '1',
      meaning: 'Of the passwords hashed at the same time, those of known devices only. Others have at least one.',
    },
    waitSeconds: {
      env: 'STEPGATE_PASSWORD_WAIT',
      parser: integer(1, 60),
      default: '5',
      unit: 'seconds',
      meaning: 'How long a caller waits for the password to be hashed. After that the answer is `RATE_LIMITED`.',
    },
    waitingKnownDevice: {
      env: 'STEPGATE_PASSWORD_WAITING_KNOWN',
      parser: integer(1, 10_000),
      default: '500',
      meaning: 'Callers on known devices that can wait at once. The one that used its budgets most is refused first.',
    },
    waitingSession: {
      env: 'STEPGATE_PASSWORD_WAITING_SESSION',
      parser: integer(1, 10_000),
      default: '100',
      meaning: 'The same for callers in sessions and with password reset links.',
    },
    waitingKnownNetwork: {
      env: 'STEPGATE_PASSWORD_WAITING_NETWORK',
      parser: integer(1, 10_000),
      default: '100',
      meaning: 'The same for callers on unknown devices in networks where any account has signed in before.',
    },
    waitingUnknown: {
      env: 'STEPGATE_PASSWORD_WAITING_UNKNOWN',
      parser: integer(1, 10_000),
      default: '50',
      meaning: 'The same for callers on unknown devices in all other networks.',
    },
    waitingNew: {
      env: 'STEPGATE_PASSWORD_WAITING_NEW',
      parser: integer(1, 10_000),
      default: '50',
      meaning: 'The same for sign-ups.',
    },
  },
  sharedNetworks: {
    networks: {
      env: 'STEPGATE_SHARED_NETWORKS',
      parser: list(network),
      default: '',
      meaning:
        'Addresses and networks that many people share, such as offices and schools, separated by commas. The limits by ' +
        'address and network are larger there. Those by name, account and device are not.',
    },
    factor: {
      env: 'STEPGATE_SHARED_NETWORK_FACTOR',
      parser: integer(1, 100),
      default: '10',
      unit: 'times',
      meaning: 'How many times as large the limits by address and network are in shared networks.',
    },
  },
  limitShares: {
    alarm: {
      env: 'STEPGATE_SIGN_IN_ALARM_SHARE',
      parser: integer(1, 100),
      default: '20',
      unit: 'percent',
      meaning:
        'The part of the limits by address and network that is left while the total limit of failed sign-ins is used ' +
        'up.',
    },
    enrollment: {
      env: 'STEPGATE_MESSAGE_ENROLLMENT_SHARE',
      parser: integer(1, 100),
      default: '60',
      unit: 'percent',
      meaning: 'The part of each limit of text messages that enrolments can use. The rest is for verified numbers.',
    },
    unknownDevice: {
      env: 'STEPGATE_MESSAGE_UNKNOWN_DEVICE_SHARE',
      parser: integer(1, 100),
      default: '80',
      unit: 'percent',
      meaning:
        'The part of each limit of codes and prompts that enrolments and sign-ins on unknown devices can use together.',
    },
  },
} as const satisfies SettingSections
