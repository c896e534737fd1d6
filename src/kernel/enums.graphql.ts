import { registerEnumType } from 'type-graphql'
import { ACCESS_LEVELS, GUARD_RULES, ROLES, SERVICE_SCOPES } from './access.js'
import { ASSURANCES } from './assurance.js'
import { ERROR_CODES, type ErrorCode } from './error-codes.js'
import { FACTOR_STATUSES, FACTOR_TYPES } from './factor-type.js'
import { SESSION_TRANSPORTS } from './session-transport.js'
import { STEP_UP_REASONS } from './step-up.js'

type EnumOf<T extends string> = { readonly [K in T]: K }

/** Builds an enum object for TypeGraphQL from a list of names. */
export function enumOf<T extends string>(names: readonly T[]): EnumOf<T> {
  return Object.fromEntries(names.map((name) => [name, name])) as EnumOf<T>
}

export const FactorTypeEnum = enumOf(FACTOR_TYPES)
registerEnumType(FactorTypeEnum, {
  name: 'FactorType',
  description: 'A type of authentication factor.',
  valuesConfig: {
    TOTP: { description: 'Time-based codes of an authenticator app (RFC 6238).' },
    SMS: { description: 'A code sent to a phone number; "restricted" in the words of NIST SP 800-63B.' },
    EMAIL: { description: 'A code sent by e-mail; does not count as MFA unless policy says so.' },
    WEBAUTHN: { description: 'A passkey or security key; resists phishing.' },
    PUSH: { description: 'A message to an enrolled device, answered with the number the sign-in page shows.' },
    RECOVERY_CODE: { description: 'A single-use code that replaces a lost factor.' },
  },
})

export const FactorStatusEnum = enumOf(FACTOR_STATUSES)
registerEnumType(FactorStatusEnum, {
  name: 'FactorStatus',
  description: 'The status of a factor.',
  valuesConfig: {
    PENDING: { description: 'Enrolled but not yet verified. It is never challenged and does not count.' },
    ACTIVE: { description: 'Verified once and usable.' },
    DISABLED: { description: 'Failed too often. It must be enrolled again.' },
    EXPIRED: { description: 'Expired. It must be enrolled again.' },
  },
})

export const AssuranceEnum = enumOf(ASSURANCES)
registerEnumType(AssuranceEnum, {
  name: 'Assurance',
  description: 'How strongly a session is authenticated, weakest first.',
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
    COOKIE: { description: 'An HttpOnly cookie; for browsers.' },
    BEARER: { description: 'An access token and a refresh token in the response; for apps and backends.' },
  },
})

export const GuardRuleEnum = enumOf(GUARD_RULES)
registerEnumType(GuardRuleEnum, {
  name: 'GuardRule',
  description: 'Whose rule applies to a field, in addition to its guard.',
  valuesConfig: {
    ORGANIZATION: {
      description: 'The rule of the session’s organization, or the installation’s rule if the session has none.',
    },
    ACCOUNT: {
      description:
        'The installation’s rule: the field concerns the caller’s own account, which no organization can block.',
    },
    CREDENTIALS: {
      description:
        'Like `ACCOUNT`. If the account ever had a factor that the caller’s organizations allow, the proof must be of ' +
        'an allowed type.',
    },
  },
})

export const AccessEnum = enumOf(ACCESS_LEVELS)
registerEnumType(AccessEnum, {
  name: 'Access',
  description: 'Who may call or read a field.',
  valuesConfig: {
    PUBLIC: { description: 'Everyone.' },
    PENDING: { description: 'Any session, including one that has not verified its second factor yet.' },
    ACCOUNT: { description: 'An active session.' },
    MEMBER: { description: 'An active session of a member of the organization that the session is for.' },
    ORG_ADMIN: { description: 'An administrator of that organization.' },
    ADMIN: { description: 'An operator of this gateway.' },
    SERVICE: { description: 'A backend with a service key.' },
  },
})

export const RoleEnum = enumOf(ROLES)
registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'Roles of an account in this installation.',
  valuesConfig: { ADMIN: { description: 'An operator: reviews audit events and may end sessions.' } },
})

export const ServiceScopeEnum = enumOf(SERVICE_SCOPES)
registerEnumType(ServiceScopeEnum, {
  name: 'ServiceScope',
  description: 'What a service key may be used for.',
  valuesConfig: {
    AUTHENTICATE: { description: 'Begin authentications, and act for the sessions that they open.' },
    READ_SUBJECTS: { description: 'Read which factors the accounts of its tenant have.' },
  },
})

export const StepUpReasonEnum = enumOf(STEP_UP_REASONS)
registerEnumType(StepUpReasonEnum, {
  name: 'StepUpReason',
  description: 'Why a step-up is required.',
  valuesConfig: {
    MFA_MISSING: { description: 'The session has not proved a second factor that counts here.' },
    MFA_STALE: { description: 'The session has proved a second factor, but too long ago.' },
    RISK_ELEVATED: { description: 'Something about this request is unusual.' },
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
