import { email, integer, key, list, onOff, optional, text, url } from './parsers.js'
import type { SettingTable } from './setting.js'

/** Keys, people, passwords, sessions, and the mail sent to people. */
export const SIGN_IN_SETTINGS = {
  keys: {
    env: 'STEPGATE_KEYS',
    parser: list(key),
    default: '',
    defaultNote: 'made at the first start and kept in `<data directory>/keys.json`',
    meaning:
      'Secret keys as `id:base64`, separated by commas, the current one first; `stepgate keys new` makes one. ' +
      'Required in production with MongoDB.',
  },
  administrators: {
    env: 'STEPGATE_ADMINISTRATORS',
    parser: list(email),
    default: '',
    meaning:
      'E-mail addresses of the first operators, separated by commas. The account made with one becomes an operator’s when it ' +
      'signs in, once for each address; then the role is the account’s (`stepgate admin`). No account can move to one.',
  },
  serviceName: {
    env: 'STEPGATE_SERVICE_NAME',
    parser: text,
    default: 'Stepgate',
    meaning: 'The name people see in mail and in their authenticator app.',
  },
  confirmUrl: {
    env: 'STEPGATE_CONFIRM_URL',
    parser: optional(url('http:', 'https:')),
    default: '',
    defaultNote: '`<public URL>/confirm`, a page of the gateway',
    meaning: 'The page that links to confirm an address lead to; the token is in the fragment.',
  },
  magicLinks: {
    env: 'STEPGATE_MAGIC_LINKS',
    parser: onOff,
    default: 'on',
    meaning: 'Whether people can sign in by a link in a mail.',
  },
  magicLinkUrls: {
    env: 'STEPGATE_MAGIC_LINK_URLS',
    parser: list(url('http:', 'https:')),
    default: '',
    defaultNote: '`<public URL>/magic-link`, a page of the gateway',
    meaning:
      'Pages that links to sign in may lead to, separated by commas and compared exactly, the usual one first; the token ' +
      'is in the fragment.',
  },
  magicLinkSeconds: {
    env: 'STEPGATE_MAGIC_LINK_LIFETIME',
    parser: integer(60, 3_600),
    default: '900',
    unit: 'seconds',
    meaning: 'How long a link to sign in is good for.',
  },
  magicLinkSignUp: {
    env: 'STEPGATE_MAGIC_LINK_SIGN_UP',
    parser: onOff,
    default: 'on',
    meaning: 'Whether a link to sign in makes an account, without a password, where the address has none.',
  },
  passwordResetUrl: {
    env: 'STEPGATE_PASSWORD_RESET_URL',
    parser: optional(url('http:', 'https:')),
    default: '',
    defaultNote: '`<public URL>/reset-password`, a page of the gateway',
    meaning: 'The page that links to set a new password lead to; the token is in the fragment.',
  },
  passwordResetSeconds: {
    env: 'STEPGATE_PASSWORD_RESET_LIFETIME',
    parser: integer(60, 86_400),
    default: '1800',
    unit: 'seconds',
    meaning: 'How long a link to set a new password is good for.',
  },
  smtpUrl: {
    env: 'STEPGATE_SMTP_URL',
    parser: optional(url('smtp:', 'smtps:')),
    default: '',
    meaning: 'The mail server, with user and password in the address. Required in production.',
  },
  mailFrom: {
    env: 'STEPGATE_MAIL_FROM',
    parser: optional(email),
    default: '',
    defaultNote: '`stepgate@<host of the public URL>`',
    meaning: 'The sender of mail.',
  },
  devOutbox: {
    env: 'STEPGATE_DEV_OUTBOX',
    parser: optional(onOff),
    default: '',
    defaultNote: 'on outside production when there is no mail server',
    meaning: 'Keep mail at `/dev/outbox`, for this machine only, instead of sending it. Cannot be on in production.',
  },
  sessionIdleSeconds: {
    env: 'STEPGATE_SESSION_IDLE',
    parser: integer(60, 3_600),
    default: '3600',
    unit: 'seconds',
    meaning: 'An unused session ends after this time.',
  },
  sessionAbsoluteSeconds: {
    env: 'STEPGATE_SESSION_ABSOLUTE',
    parser: integer(60, 2_592_000),
    default: '86400',
    unit: 'seconds',
    meaning: 'Every session ends after this time, used or not.',
  },
  sessionPendingSeconds: {
    env: 'STEPGATE_SESSION_PENDING',
    parser: integer(60, 3_600),
    default: '600',
    unit: 'seconds',
    meaning: 'How long a sign-in may wait for its second factor.',
  },
  sessionsPerAccount: {
    env: 'STEPGATE_MAX_SESSIONS',
    parser: integer(1, 100),
    default: '20',
    meaning: 'Active sessions one account may have; the longest unused gives way, never to one that is proved less.',
  },
  pendingSessionsPerAccount: {
    env: 'STEPGATE_MAX_PENDING_SESSIONS',
    parser: integer(1, 50),
    default: '12',
    meaning: 'Sign-ins of one account that may wait for their second factor; they only give way to each other.',
  },
  accessTokenSeconds: {
    env: 'STEPGATE_ACCESS_TOKEN_LIFETIME',
    parser: integer(10, 300),
    default: '300',
    unit: 'seconds',
    meaning: 'How long an access token lives.',
  },
  supersededSecretSeconds: {
    env: 'STEPGATE_SUPERSEDED_SECRET_SECONDS',
    parser: integer(0, 600),
    default: '600',
    unit: 'seconds',
    meaning:
      'How long an old session, refresh or device secret stays good, at its old level, while the one that replaced it was never presented: the answer may be lost.',
  },
  inFlightSecretSeconds: {
    env: 'STEPGATE_IN_FLIGHT_SECRET_SECONDS',
    parser: integer(0, 10),
    default: '5',
    unit: 'seconds',
    meaning:
      'How long after a new secret was handed out the old one is no theft even though the new one is in use: such requests were on their way.',
  },
  passwordMinLength: {
    env: 'STEPGATE_PASSWORD_MIN_LENGTH',
    parser: integer(15, 64),
    default: '15',
    unit: 'characters',
    meaning: 'The shortest password where it is the only factor.',
  },
  passwordMinLengthWithMfa: {
    env: 'STEPGATE_PASSWORD_MIN_LENGTH_WITH_MFA',
    parser: integer(8, 64),
    default: '8',
    unit: 'characters',
    meaning: 'The shortest password where a second factor is required.',
  },
  passwordMaxBytes: {
    env: 'STEPGATE_PASSWORD_MAX_BYTES',
    parser: integer(256, 4_096),
    default: '1024',
    unit: 'bytes',
    meaning: 'The longest password.',
  },
  argon2MemoryKib: {
    env: 'STEPGATE_ARGON2_MEMORY',
    parser: integer(19_456, 1_048_576),
    default: '19456',
    unit: 'KiB',
    meaning: 'Memory that hashing a password takes (Argon2id).',
  },
  argon2Passes: {
    env: 'STEPGATE_ARGON2_PASSES',
    parser: integer(2, 20),
    default: '2',
    meaning: 'Passes over that memory.',
  },
  argon2Lanes: {
    env: 'STEPGATE_ARGON2_LANES',
    parser: integer(1, 16),
    default: '1',
    meaning: 'Lanes that are filled in parallel.',
  },
  argon2Concurrency: {
    env: 'STEPGATE_ARGON2_CONCURRENCY',
    parser: integer(1, 64),
    default: '2',
    meaning: 'Passwords that are hashed at the same time; the rest wait.',
  },
  confirmationSeconds: {
    env: 'STEPGATE_CONFIRMATION_LIFETIME',
    parser: integer(300, 604_800),
    default: '86400',
    unit: 'seconds',
    meaning: 'How long a link in a mail is good for.',
  },
  confirmationAttempts: {
    env: 'STEPGATE_CONFIRMATION_ATTEMPTS',
    parser: integer(1, 20),
    default: '5',
    meaning: 'Wrong passwords that end a link which confirms an address in another browser.',
  },
} as const satisfies SettingTable
