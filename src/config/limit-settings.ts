import { rate } from './parsers.js'
import type { SettingSections } from './setting.js'

/** Budgets of calls and of failures; all of them use fixed windows. */
export const LIMIT_SETTINGS = {
  limits: {
    signInPerAddressAndName: {
      env: 'STEPGATE_SIGN_IN_LIMIT_ADDRESS_AND_NAME',
      parser: rate,
      default: '10/900',
      unit: 'count/seconds',
      meaning: 'Failed sign-ins for one name from one address or network, whether or not the account exists.',
    },
    signInPerAddress: {
      env: 'STEPGATE_SIGN_IN_LIMIT_ADDRESS',
      parser: rate,
      default: '100/900',
      unit: 'count/seconds',
      meaning: 'Failed sign-ins from one IPv4 address or IPv6 /64 network, for all names together.',
    },
    signInPerSite: {
      env: 'STEPGATE_SIGN_IN_LIMIT_SITE',
      parser: rate,
      default: '200/900',
      unit: 'count/seconds',
      meaning: 'Failed sign-ins from one IPv6 /56 network, for all names together.',
    },
    signInPerPlace: {
      env: 'STEPGATE_SIGN_IN_LIMIT_NETWORK',
      parser: rate,
      default: '400/900',
      unit: 'count/seconds',
      meaning: 'Failed sign-ins from one IPv4 /24 or IPv6 /48 network, for all names together.',
    },
    signInPerName: {
      env: 'STEPGATE_SIGN_IN_LIMIT_NAME',
      parser: rate,
      default: '100/3600',
      unit: 'count/seconds',
      meaning: 'Failed sign-ins for one name from anywhere. Known devices of the account are not affected.',
    },
    signInPerDevice: {
      env: 'STEPGATE_SIGN_IN_LIMIT_DEVICE',
      parser: rate,
      default: '10/900',
      unit: 'count/seconds',
      meaning: 'Failed sign-ins from one known device. No other limit of failures affects it.',
    },
    signInOverall: {
      env: 'STEPGATE_SIGN_IN_LIMIT_OVERALL',
      parser: rate,
      default: '10000/900',
      unit: 'count/seconds',
      meaning:
        'Failed sign-ins in total. Beyond this limit no one is refused, but callers without a known device get only a ' +
        'part of the narrower limits and a higher risk score.',
    },
    signInsPerAccountAndAddress: {
      env: 'STEPGATE_SIGN_IN_RATE',
      parser: rate,
      default: '120/900',
      unit: 'count/seconds',
      meaning: 'Successful sign-ins of one account from one address or network, or on one known device.',
    },
    changesPerSignIn: {
      env: 'STEPGATE_CHANGE_LIMIT_SIGN_IN',
      parser: rate,
      default: '300/900',
      unit: 'count/seconds',
      meaning: 'Mutations of one sign-in, across step-ups and refreshes. Operators have no such limit.',
    },
    organizationsPerAccount: {
      env: 'STEPGATE_ORGANIZATION_LIMIT_ACCOUNT',
      parser: rate,
      default: '20/86400',
      unit: 'count/seconds',
      meaning: 'Organizations that one account can create.',
    },
    publicMutationsPerAddress: {
      env: 'STEPGATE_PUBLIC_MUTATION_LIMIT_ADDRESS',
      parser: rate,
      default: '100/900',
      unit: 'count/seconds',
      meaning:
        'Sign-ups from one address or network that are not confirmed. Invalid links have the same limit, counted ' +
        'separately.',
    },
    messagePerAddress: {
      env: 'STEPGATE_MESSAGE_LIMIT_ADDRESS',
      parser: rate,
      default: '100/900',
      unit: 'count/seconds',
      meaning:
        'Links requested from one address or network and not followed. A known device, and the account of a signed-in ' +
        'caller, has the same limit for itself.',
    },
    messagePerDestination: {
      env: 'STEPGATE_MESSAGE_LIMIT_DESTINATION',
      parser: rate,
      default: '10/3600',
      unit: 'count/seconds',
      meaning: 'Mail to one mailbox that strangers request. More than this is not sent.',
    },
    messagePerDestinationAndNetwork: {
      env: 'STEPGATE_MESSAGE_LIMIT_DESTINATION_NETWORK',
      parser: rate,
      default: '3/3600',
      unit: 'count/seconds',
      meaning: 'The same, of one kind from one IPv4 /24 or IPv6 /48 network, or by one account.',
    },
    messagePerDestinationAndKind: {
      env: 'STEPGATE_MESSAGE_LIMIT_DESTINATION_KIND',
      parser: rate,
      default: '8/3600',
      unit: 'count/seconds',
      meaning: 'The same, of one kind: sign-ups, sign-in links or password resets.',
    },
    messagePerDestinationFamiliar: {
      env: 'STEPGATE_MESSAGE_LIMIT_DESTINATION_FAMILIAR',
      parser: rate,
      default: '5/3600',
      unit: 'count/seconds',
      meaning:
        'Mail to one mailbox, in addition to that of strangers, requested from networks where its account has signed ' +
        'in before.',
    },
    messagePerDestinationAccounts: {
      env: 'STEPGATE_MESSAGE_LIMIT_DESTINATION_ACCOUNTS',
      parser: rate,
      default: '10/3600',
      unit: 'count/seconds',
      meaning: 'Mail to one mailbox, in addition to that of strangers, requested by other signed-in accounts.',
    },
    messagePerDestinationAndDevice: {
      env: 'STEPGATE_MESSAGE_LIMIT_DESTINATION_DEVICE',
      parser: rate,
      default: '5/3600',
      unit: 'count/seconds',
      meaning: 'Mail of one kind to one mailbox, requested on one known device or in a session of its account.',
    },
    messagePerDestinationOwn: {
      env: 'STEPGATE_MESSAGE_LIMIT_DESTINATION_OWN',
      parser: rate,
      default: '20/3600',
      unit: 'count/seconds',
      meaning: 'The same, on all known devices and in all sessions of the account. Strangers cannot use it up.',
    },
    refreshPerAddress: {
      env: 'STEPGATE_REFRESH_LIMIT_ADDRESS',
      parser: rate,
      default: '600/900',
      unit: 'count/seconds',
      meaning: 'Invalid refresh tokens from one address or network.',
    },
    refreshPerSession: {
      env: 'STEPGATE_REFRESH_LIMIT_SESSION',
      parser: rate,
      default: '600/900',
      unit: 'count/seconds',
      meaning: 'Refreshes of one session.',
    },
    smsPerAccount: {
      env: 'STEPGATE_SMS_LIMIT_ACCOUNT',
      parser: rate,
      default: '10/3600',
      unit: 'count/seconds',
      meaning: 'Text messages of one account.',
    },
    smsPerNumber: {
      env: 'STEPGATE_SMS_LIMIT_NUMBER',
      parser: rate,
      default: '5/3600',
      unit: 'count/seconds',
      meaning: 'Text messages to one number, from all accounts.',
    },
    smsPerPrefix: {
      env: 'STEPGATE_SMS_LIMIT_PREFIX',
      parser: rate,
      default: '100/3600',
      unit: 'count/seconds',
      meaning: 'Text messages to numbers that differ only in the last four digits.',
    },
    smsOverall: {
      env: 'STEPGATE_SMS_LIMIT_OVERALL',
      parser: rate,
      default: '1000/3600',
      unit: 'count/seconds',
      meaning: 'Text messages in total.',
    },
    emailCodePerAccount: {
      env: 'STEPGATE_EMAIL_CODE_LIMIT_ACCOUNT',
      parser: rate,
      default: '20/3600',
      unit: 'count/seconds',
      meaning: 'Codes by e-mail of one account.',
    },
    passkeyPerAddress: {
      env: 'STEPGATE_PASSKEY_LIMIT_ADDRESS',
      parser: rate,
      default: '60/900',
      unit: 'count/seconds',
      meaning: 'Invalid passkeys from one address or network.',
    },
    pushDevicePerAddress: {
      env: 'STEPGATE_PUSH_DEVICE_LIMIT_ADDRESS',
      parser: rate,
      default: '600/900',
      unit: 'count/seconds',
      meaning: 'Calls from one address or network that no enrolled push device has signed.',
    },
    serviceKeyPerAddress: {
      env: 'STEPGATE_SERVICE_KEY_LIMIT_ADDRESS',
      parser: rate,
      default: '30/900',
      unit: 'count/seconds',
      meaning: 'Invalid service keys from one address or network.',
    },
    authenticationPerTenant: {
      env: 'STEPGATE_AUTHENTICATION_LIMIT_TENANT',
      parser: rate,
      default: '60000/3600',
      unit: 'count/seconds',
      meaning: 'Authentications that the backends of one tenant can begin.',
    },
    externalTokenPerAddress: {
      env: 'STEPGATE_EXTERNAL_TOKEN_LIMIT_ADDRESS',
      parser: rate,
      default: '60/900',
      unit: 'count/seconds',
      meaning: 'Invalid tokens of trusted issuers from one address or network.',
    },
  },
} as const satisfies SettingSections
