import { email, integer, key, list, oneOf, onOff, optional, text, url } from './parsers.js'
import type { SettingSections } from './setting.js'

/** Keys, people, passwords, sessions, and the mail sent to people. */
export const SIGN_IN_SETTINGS = {
  installation: {
    keys: {
      env: 'STEPGATE_KEYS',
      secret: true,
      parser: list(key),
      default: '',
      defaultNote: 'created at the first start in `<data directory>/keys.json`',
      meaning:
        'Secret keys as `id:base64`, separated by commas, the current one first. `stepgate keys new` creates one. ' +
        'Required in production with MongoDB.',
    },
    administrators: {
      env: 'STEPGATE_ADMINISTRATORS',
      parser: list(email),
      default: '',
      meaning:
        'E-mail addresses of the first operators, separated by commas. An account that was created with one becomes an operator ' +
        'at its sign-in, once for each address. The role then belongs to the account (`stepgate admin`). No account can ' +
        'change to a listed address.',
    },
    serviceName: {
      env: 'STEPGATE_SERVICE_NAME',
      parser: text,
      default: 'Stepgate',
      meaning: 'The name that people see in mail and in their authenticator app.',
    },
  },
  mail: {
    confirmUrl: {
      env: 'STEPGATE_CONFIRM_URL',
      parser: optional(url('http:', 'https:')),
      default: '',
      defaultNote: '`<public URL>/confirm`, a page of the gateway',
      meaning: 'The page that confirmation links lead to. The token is in the fragment.',
    },
    smtpUrl: {
      env: 'STEPGATE_SMTP_URL',
      secret: true,
      parser: optional(url('smtp:', 'smtps:')),
      default: '',
      meaning: 'The mail server, with user and password in the address. Required in production.',
    },
    from: {
      env: 'STEPGATE_MAIL_FROM',
      parser: optional(email),
      default: '',
      defaultNote: '`stepgate@<host of the public URL>`',
      meaning: 'The sender of mail.',
    },
    outbox: {
      env: 'STEPGATE_DEV_OUTBOX',
      parser: optional(onOff),
      default: '',
      defaultNote: 'on outside production when there is no mail server',
      meaning:
        'Whether mail is shown at `/dev/outbox`, to this machine only, instead of being sent. Cannot be on in ' +
        'production.',
    },
    confirmationSeconds: {
      env: 'STEPGATE_CONFIRMATION_LIFETIME',
      parser: integer(300, 604_800),
      default: '86400',
      unit: 'seconds',
      meaning: 'How long a confirmation link works.',
    },
    confirmationAttempts: {
      env: 'STEPGATE_CONFIRMATION_ATTEMPTS',
      parser: integer(1, 20),
      default: '5',
      meaning: 'Wrong passwords that end a confirmation link in another browser.',
    },
  },
  links: {
    magicLinks: {
      env: 'STEPGATE_MAGIC_LINKS',
      parser: onOff,
      default: 'on',
      meaning: 'Whether people can sign in with a link in a mail.',
    },
    magicLinkUrls: {
      env: 'STEPGATE_MAGIC_LINK_URLS',
      parser: list(url('http:', 'https:')),
      default: '',
      defaultNote: '`<public URL>/magic-link`, a page of the gateway',
      meaning:
        'Pages that sign-in links can lead to, separated by commas and compared exactly, the default one first. The ' +
        'token is in the fragment.',
    },
    magicLinkSeconds: {
      env: 'STEPGATE_MAGIC_LINK_LIFETIME',
      parser: integer(60, 3_600),
      default: '900',
      unit: 'seconds',
      meaning: 'How long a sign-in link works.',
    },
    magicLinkSignUp: {
      env: 'STEPGATE_MAGIC_LINK_SIGN_UP',
      parser: onOff,
      default: 'on',
      meaning: 'Whether a sign-in link creates an account without a password if the address has none.',
    },
    resetUrl: {
      env: 'STEPGATE_PASSWORD_RESET_URL',
      parser: optional(url('http:', 'https:')),
      default: '',
      defaultNote: '`<public URL>/reset-password`, a page of the gateway',
      meaning: 'The page that password reset links lead to. The token is in the fragment.',
    },
    resetSeconds: {
      env: 'STEPGATE_PASSWORD_RESET_LIFETIME',
      parser: integer(60, 86_400),
      default: '1800',
      unit: 'seconds',
      meaning: 'How long a password reset link works.',
    },
  },
  mailedCodes: {
    isOn: {
      env: 'STEPGATE_MAILED_CODES',
      parser: onOff,
      default: 'on',
      meaning:
        'Whether mails for sign-in, sign-up, password reset and address change contain a code beside the link, to be ' +
        'entered where the mail was requested.',
    },
    seconds: {
      env: 'STEPGATE_MAILED_CODE_LIFETIME',
      parser: integer(60, 3_600),
      default: '900',
      unit: 'seconds',
      meaning: 'How long such a code works, and never longer than its link.',
    },
  },
  sessions: {
    idleSeconds: {
      env: 'STEPGATE_SESSION_IDLE',
      parser: integer(60, 3_600),
      default: '3600',
      unit: 'seconds',
      meaning: 'A session ends after this time without use.',
    },
    absoluteSeconds: {
      env: 'STEPGATE_SESSION_ABSOLUTE',
      parser: integer(60, 2_592_000),
      default: '86400',
      unit: 'seconds',
      meaning: 'Every session ends after this time.',
    },
    pendingSeconds: {
      env: 'STEPGATE_SESSION_PENDING',
      parser: integer(60, 3_600),
      default: '600',
      unit: 'seconds',
      meaning: 'How long a sign-in can wait for its second factor.',
    },
    perAccount: {
      env: 'STEPGATE_MAX_SESSIONS',
      parser: integer(1, 100),
      default: '20',
      meaning:
        'Active sessions of one account. A new one replaces the longest unused that is not proved more strongly.',
    },
    pendingPerAccount: {
      env: 'STEPGATE_MAX_PENDING_SESSIONS',
      parser: integer(1, 50),
      default: '12',
      meaning: 'Sign-ins of one account that can wait for their second factor. They replace only each other.',
    },
    tokenAlgorithms: {
      env: 'STEPGATE_TOKEN_ALGORITHMS',
      parser: list(oneOf('EdDSA', 'ES256')),
      default: 'EdDSA',
      meaning:
        'Algorithms of access tokens and proofs: `EdDSA`, `ES256` for libraries that cannot read EdDSA, or both, separated ' +
        'by commas. The first one signs, and all are accepted and published (docs/tokens.md).',
    },
    accessTokenSeconds: {
      env: 'STEPGATE_ACCESS_TOKEN_LIFETIME',
      parser: integer(10, 300),
      default: '300',
      unit: 'seconds',
      meaning: 'How long an access token works.',
    },
  },
  secretTimes: {
    supersededSeconds: {
      env: 'STEPGATE_SUPERSEDED_SECRET_SECONDS',
      parser: integer(0, 600),
      default: '600',
      unit: 'seconds',
      meaning:
        'How long an old session, refresh or device secret keeps working at its own level while its replacement has ' +
        'not been used, in case the answer was lost.',
    },
    inFlightSeconds: {
      env: 'STEPGATE_IN_FLIGHT_SECRET_SECONDS',
      parser: integer(0, 10),
      default: '5',
      unit: 'seconds',
      meaning:
        'How long the old secret is tolerated after a new one was issued and used, for requests that were already on ' +
        'their way.',
    },
  },
  passwords: {
    minLength: {
      env: 'STEPGATE_PASSWORD_MIN_LENGTH',
      parser: integer(15, 64),
      default: '15',
      unit: 'characters',
      meaning: 'The shortest password where it is the only factor.',
    },
    minLengthWithMfa: {
      env: 'STEPGATE_PASSWORD_MIN_LENGTH_WITH_MFA',
      parser: integer(8, 64),
      default: '8',
      unit: 'characters',
      meaning: 'The shortest password where a second factor is required.',
    },
    maxBytes: {
      env: 'STEPGATE_PASSWORD_MAX_BYTES',
      parser: integer(256, 4_096),
      default: '1024',
      unit: 'bytes',
      meaning: 'The longest password.',
    },
  },
  argon2: {
    memoryKib: {
      env: 'STEPGATE_ARGON2_MEMORY',
      parser: integer(19_456, 1_048_576),
      default: '19456',
      unit: 'KiB',
      meaning: 'Memory for hashing a password (Argon2id).',
    },
    passes: {
      env: 'STEPGATE_ARGON2_PASSES',
      parser: integer(2, 20),
      default: '2',
      meaning: 'Passes over that memory.',
    },
    lanes: {
      env: 'STEPGATE_ARGON2_LANES',
      parser: integer(1, 16),
      default: '1',
      meaning: 'Parallel lanes.',
    },
    concurrency: {
      env: 'STEPGATE_ARGON2_CONCURRENCY',
      parser: integer(1, 64),
      default: '2',
      meaning: 'Passwords that are hashed at the same time. Other callers wait in lanes (`STEPGATE_PASSWORD_…`).',
    },
  },
} as const satisfies SettingSections
