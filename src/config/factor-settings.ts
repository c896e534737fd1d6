import {
  integer,
  list,
  oneOf,
  onOff,
  optional,
  originList,
  passkeyOriginList,
  pushService,
  relyingParty,
  rate,
  text,
  url,
  vapidPrivateKey,
  vapidPublicKey,
} from './parsers.js'
import type { SettingSections } from './setting.js'

/** The kinds of factor: which are in use, and what each needs. */
export const FACTOR_SETTINGS = {
  factors: {
    enabled: {
      env: 'STEPGATE_FACTORS',
      parser: list(oneOf('TOTP', 'WEBAUTHN', 'PUSH', 'SMS', 'EMAIL')),
      default: '',
      defaultNote: 'all; `SMS` where it can be sent',
      meaning:
        'The kinds of factor in use, separated by commas. Others are rejected and do not count, even if they were ' +
        'enrolled before. Recovery codes are always in use.',
    },
    emailCodeIsMfa: {
      env: 'STEPGATE_EMAIL_CODE_IS_MFA',
      parser: onOff,
      default: 'off',
      meaning: 'Whether a code sent by e-mail makes a session `MFA`, which NIST SP 800-63B advises against.',
    },
    recoveryCodeUse: {
      env: 'STEPGATE_RECOVERY_CODE_USE',
      parser: oneOf('FULL', 'REENROLL'),
      default: 'FULL',
      meaning: 'What a recovery code allows: everything, or only enrolling a new factor.',
    },
    lifetimeDays: {
      env: 'STEPGATE_FACTOR_LIFETIME',
      parser: optional(integer(1, 3_650)),
      default: '',
      unit: 'days',
      meaning: 'How long a factor is valid before it has to be enrolled again.',
    },
    pushRate: {
      env: 'STEPGATE_PUSH_LIMIT',
      parser: rate,
      default: '3/600',
      unit: 'count/seconds',
      meaning: 'Prompts for one enrolled device before the factor is paused.',
    },
    smsDefaultRegion: {
      env: 'STEPGATE_SMS_DEFAULT_REGION',
      parser: optional(text),
      default: '',
      meaning:
        'The country (ISO 3166-1, such as `DE`) of numbers without a country code. Without this setting such numbers ' +
        'are rejected.',
    },
  },
  webauthn: {
    rpId: {
      env: 'STEPGATE_WEBAUTHN_RP_ID',
      parser: optional(relyingParty),
      default: '',
      defaultNote: 'the host of the public URL',
      meaning: 'The domain that passkeys are made for (relying party id). Changing it makes every passkey useless.',
    },
    origins: {
      env: 'STEPGATE_WEBAUTHN_ORIGINS',
      parser: passkeyOriginList,
      default: '',
      defaultNote: 'the allowed origins',
      meaning:
        'Origins whose pages can ask for passkeys, separated by commas and compared exactly, and Android apps as ' +
        '`android:apk-key-hash:…`.',
    },
    topOrigins: {
      env: 'STEPGATE_WEBAUTHN_TOP_ORIGINS',
      parser: originList,
      default: '',
      meaning:
        'Origins whose pages can show a passkey page in a frame. Without any, answers from a frame are rejected.',
    },
    attestationRoots: {
      env: 'STEPGATE_WEBAUTHN_ATTESTATION_ROOTS',
      parser: optional(text),
      default: '',
      meaning:
        'A PEM file of root certificates. With it, only authenticators whose attestation leads to one of them can be ' +
        'enrolled.',
    },
  },
  vapid: {
    publicKey: {
      env: 'STEPGATE_VAPID_PUBLIC_KEY',
      parser: optional(vapidPublicKey),
      default: '',
      meaning:
        'The public key for Web Push (RFC 8292). Without it, the open page on the device polls every few seconds.',
    },
    privateKey: {
      env: 'STEPGATE_VAPID_PRIVATE_KEY',
      secret: true,
      parser: optional(vapidPrivateKey),
      default: '',
      meaning: 'The private key for Web Push. `stepgate keys vapid` creates a pair.',
    },
    subject: {
      env: 'STEPGATE_VAPID_SUBJECT',
      parser: optional(url('mailto:', 'https:')),
      default: '',
      defaultNote: '`mailto:` the sender of mail',
      meaning: 'The contact for push services.',
    },
  },
  push: {
    services: {
      env: 'STEPGATE_PUSH_SERVICES',
      parser: list(pushService),
      default: '',
      defaultNote: 'those of Chrome, Firefox, Safari and Edge',
      meaning:
        'Hosts of push services that can be called, separated by commas. `*.` in front includes subdomains. A server ' +
        'on this machine has to be named by its origin.',
    },
  },
  twilio: {
    accountSid: {
      env: 'STEPGATE_TWILIO_ACCOUNT_SID',
      parser: optional(text),
      default: '',
      meaning: 'The Twilio account that sends text messages.',
    },
    authToken: {
      env: 'STEPGATE_TWILIO_AUTH_TOKEN',
      secret: true,
      parser: optional(text),
      default: '',
      meaning: 'The secret of the Twilio account.',
    },
    from: {
      env: 'STEPGATE_TWILIO_FROM',
      parser: optional(text),
      default: '',
      meaning: 'The sender of text messages: a number in international form, a name, or a messaging service (`MG…`).',
    },
    url: {
      env: 'STEPGATE_TWILIO_URL',
      parser: optional(url('http:', 'https:')),
      default: '',
      defaultNote: 'Twilio’s own',
      meaning: 'Another address of the Twilio API, such as a proxy.',
    },
  },
} as const satisfies SettingSections
