import { registerEnumType } from 'type-graphql'
import { ACCESS_LEVELS, GUARD_RULES, ROLES, SERVICE_SCOPES } from './access.js'
import { ASSURANCES } from './assurance.js'
import { ERROR_CODES, type ErrorCode } from './error-codes.js'
import { FACTOR_STATUSES, FACTOR_TYPES } from './factor-type.js'
import { SESSION_TRANSPORTS } from './session-transport.js'
import { STEP_UP_REASONS } from './step-up.js'

type EnumOf<T extends string> = { readonly [K in T]: K }

/** An enum object for TypeGraphQL from a list of names. */
export function enumOf<T extends string>(names: readonly T[]): EnumOf<T> {
  return Object.fromEntries(names.map((name) => [name, name])) as EnumOf<T>
}

export const FactorTypeEnum = enumOf(FACTOR_TYPES)
registerEnumType(FactorTypeEnum, {
  name: 'FactorType',
  description: 'A kind of factor.',
  valuesConfig: {
    TOTP: { description: 'Time-based codes of an authenticator app (RFC 6238).' },
    SMS: { description: 'A code sent to a phone number. NIST SP 800-63B calls it "restricted".' },
    EMAIL: { description: 'A code sent by e-mail. It does not count as MFA unless the installation says so.' },
    WEBAUTHN: { description: 'A passkey or security key. It resists phishing.' },
    PUSH: { description: 'A prompt on an enrolled device, answered with the number that the sign-in page shows.' },
    RECOVERY_CODE: { description: 'One of the single-use codes for a lost factor.' },
  },
})

export const FactorStatusEnum = enumOf(FACTOR_STATUSES)
registerEnumType(FactorStatusEnum, {
  name: 'FactorStatus',
  description: 'The status of a factor.',
  valuesConfig: {
    PENDING: { description: 'Not verified yet. It is never challenged and never counts.' },
    ACTIVE: { description: 'Verified and usable.' },
    DISABLED: { description: 'Disabled after too many wrong answers. It has to be enrolled again.' },
    EXPIRED: { description: 'Expired. It has to be enrolled again.' },
  },
})

export const AssuranceEnum = enumOf(ASSURANCES)
registerEnumType(AssuranceEnum, {
  name: 'Assurance',
  description: 'How strongly a session is proved, weakest first.',
  valuesConfig: {
    ONE_FACTOR: { description: 'One factor, such as a password.' },
    MFA: { description: 'Two factors of different kinds.' },
    PHISHING_RESISTANT: { description: 'A factor that cannot be relayed, such as a passkey.' },
  },
})

export const SessionTransportEnum = enumOf(SESSION_TRANSPORTS)
registerEnumType(SessionTransportEnum, {
  name: 'SessionTransport',
  description: 'How a client sends the credential of a session.',
  valuesConfig: {
    COOKIE: { description: 'An HttpOnly cookie, for browsers.' },
    BEARER: { description: 'An access token and a refresh token in the answer, for apps and backends.' },
  },
})

export const GuardRuleEnum = enumOf(GUARD_RULES)
registerEnumType(GuardRuleEnum, {
  name: 'GuardRule',
  description: 'Whose rule applies to a field in addition to its guard.',
  valuesConfig: {
    ORGANIZATION: {
      description: 'The rule of the session’s organization, or the installation’s if the session is for none.',
    },
    ACCOUNT: {
      description:
        'The installation’s rule. The field is about the caller’s own account, which no organization’s rule affects.',
    },
    CREDENTIALS: {
      description:
        'Like `ACCOUNT`. In addition, the proof has to be of a kind that all of the caller’s organizations allow, if the account has or had one.',
    },
  },
})

export const AccessEnum = enumOf(ACCESS_LEVELS)
registerEnumType(AccessEnum, {
  name: 'Access',
  description: 'Who may use a field.',
  valuesConfig: {
    PUBLIC: { description: 'Anyone.' },
    PENDING: { description: 'A session, including one whose second factor is still missing.' },
    ACCOUNT: { description: 'An active session.' },
    MEMBER: { description: 'An active session of a member of the organization it was opened for.' },
    ORG_ADMIN: { description: 'An administrator of that organization.' },
    ADMIN: { description: 'An operator of this gateway.' },
    SERVICE: { description: 'A backend with a service key.' },
  },
})

export const RoleEnum = enumOf(ROLES)
registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'A role of an account in the installation.',
  valuesConfig: { ADMIN: { description: 'An operator: uses the admin API.' } },
})

export const ServiceScopeEnum = enumOf(SERVICE_SCOPES)
registerEnumType(ServiceScopeEnum, {
  name: 'ServiceScope',
  description: 'What a service key may be used for.',
  valuesConfig: {
    AUTHENTICATE: { description: 'Begin authentications and act for the sessions they opened.' },
    READ_SUBJECTS: { description: 'List the factors of the tenant’s accounts.' },
  },
})

export const StepUpReasonEnum = enumOf(STEP_UP_REASONS)
registerEnumType(StepUpReasonEnum, {
  name: 'StepUpReason',
  description: 'Why a step-up is required.',
  valuesConfig: {
    MFA_MISSING: { description: 'The session has not verified a second factor that counts here.' },
    MFA_STALE: { description: 'The proof is too old.' },
    RISK_ELEVATED: { description: 'The request is unusual.' },
    POLICY: { description: 'A policy requires it.' },
  },
})

export const ErrorCodeEnum = enumOf(Object.keys(ERROR_CODES) as ErrorCode[])
registerEnumType(ErrorCodeEnum, {
  name: 'ErrorCode',
  description: 'Every value of `extensions.code`.',
  valuesConfig: Object.fromEntries(
    Object.entries(ERROR_CODES).map(([code, { means }]) => [code, { description: means }]),
  ),
})
