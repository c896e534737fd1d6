interface ErrorCodeNotes {
  /** The HTTP status when the whole operation is refused. */
  readonly http: number
  /** For developers: when the gateway answers with this code. docs/errors.md is printed from it. */
  readonly means: string
  /** For people: what they read when no sentence says it more precisely. In English; messages/ has the other languages. */
  readonly says: string
}

/** Every `extensions.code` a client can see. */
export const ERROR_CODES = {
  UNAUTHENTICATED: {
    http: 401,
    means: 'The request carries no session, or the session has ended.',
    says: 'Sign in to continue.',
  },
  MFA_REQUIRED: {
    http: 401,
    means: 'The sign-in is not complete: a second factor is still missing.',
    says: 'Verify your second factor to finish signing in.',
  },
  ORGANIZATION_REQUIRED: {
    http: 401,
    means: 'The sign-in waits for the choice of an organization: `selectOrganization` continues it.',
    says: 'Choose an organization to continue signing in.',
  },
  STEP_UP_REQUIRED: {
    http: 401,
    means: 'The session’s assurance or freshness is too low; `stepUp` says what would be accepted.',
    says: 'Confirm it is you to continue.',
  },
  MFA_ENROLLMENT_REQUIRED: {
    http: 403,
    means: 'The policy requires a second factor and the account has none that counts.',
    says: 'Set up a second factor to continue.',
  },
  FORBIDDEN: {
    http: 403,
    means: 'The caller may not do this, and no step-up would change that.',
    says: 'You do not have permission to do this.',
  },
  RISK_BLOCKED: {
    http: 403,
    means: 'The risk engine blocked the request; the answer carries a reference id and nothing else.',
    says: 'We blocked this request because it looks unusual. Contact support and give them this reference.',
  },
  CODE_INVALID: {
    http: 200,
    means: 'The answer to the challenge is wrong.',
    says: 'That code is not correct. Check it and try again.',
  },
  CHALLENGE_NOT_AVAILABLE: {
    http: 200,
    means: 'The challenge is unknown, expired, used or belongs to another session; a client cannot tell these apart.',
    says: 'This challenge has ended. Start a new one.',
  },
  MFA_TOKEN_INVALID: {
    http: 401,
    means: 'The MFA token was altered.',
    says: 'This confirmation is not valid. Start again.',
  },
  MFA_TOKEN_EXPIRED: {
    http: 401,
    means: 'The MFA token has expired.',
    says: 'This confirmation has expired. Start again.',
  },
  MFA_TOKEN_NOT_FOUND: {
    http: 401,
    means: 'The step-up context of the MFA token does not exist or was used.',
    says: 'This confirmation has already been used. Start again.',
  },
  TOO_MANY_ATTEMPTS: {
    http: 429,
    means: 'No attempts are left; `retryAfterSeconds` says when to try again.',
    says: 'Too many attempts. Try again later.',
  },
  RATE_LIMITED: {
    http: 429,
    means: 'Too many requests; `retryAfterSeconds` says when to try again.',
    says: 'Too many requests. Try again later.',
  },
  BAD_USER_INPUT: {
    http: 400,
    means: 'An input is missing, malformed or out of range; the value is never echoed.',
    says: 'Something in this request is missing or not valid.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    http: 400,
    means: 'The document is malformed or does not fit the schema.',
    says: 'This request does not fit the schema of the API.',
  },
  DOCUMENT_TOO_LARGE: {
    http: 400,
    means: 'The document is too deep, too wide or too costly, or holds more than one field that authenticates.',
    says: 'This request is too large.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    http: 200,
    means: 'The request names its document by a hash. Send the document without the hash; persisted-query links do so.',
    says: 'This server does not accept persisted queries.',
  },
  UNAVAILABLE: {
    http: 503,
    means: 'A dependency is down; nothing was decided or changed.',
    says: 'The service is not available right now. Try again in a moment.',
  },
  INTERNAL_SERVER_ERROR: {
    http: 500,
    means: 'A fault; the log has the details under the request id.',
    says: 'Something went wrong on our side. Try again, or contact support and give them the request id.',
  },
} as const satisfies Record<string, ErrorCodeNotes>

export type ErrorCode = keyof typeof ERROR_CODES
