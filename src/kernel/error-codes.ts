/** Every `extensions.code` a client can see, the HTTP status when the whole operation is refused, and its meaning. */
export const ERROR_CODES = {
  UNAUTHENTICATED: { http: 401, means: 'There is no session, or it ended.' },
  MFA_REQUIRED: { http: 401, means: 'The sign-in is not finished: the second factor is missing.' },
  STEP_UP_REQUIRED: { http: 401, means: 'Assurance or freshness is too low; `stepUp` says what would do.' },
  MFA_ENROLLMENT_REQUIRED: { http: 403, means: 'Policy wants a factor and there is none.' },
  FORBIDDEN: { http: 403, means: 'No step-up would help.' },
  RISK_BLOCKED: {
    http: 403,
    means: 'The risk verdict is to block; the answer carries a reference id and nothing else.',
  },
  CODE_INVALID: { http: 200, means: 'The answer to the challenge is wrong.' },
  CHALLENGE_NOT_AVAILABLE: {
    http: 200,
    means: 'The challenge is unknown, expired, spent or somebody else’s; the four cannot be told apart.',
  },
  MFA_TOKEN_INVALID: { http: 401, means: 'The MFA token was tampered with.' },
  MFA_TOKEN_EXPIRED: { http: 401, means: 'The MFA token is too old.' },
  MFA_TOKEN_NOT_FOUND: { http: 401, means: 'There is no such step-up context, or it is spent.' },
  TOO_MANY_ATTEMPTS: { http: 429, means: 'The attempts are used up; `retryAfterSeconds` says when to come back.' },
  RATE_LIMITED: { http: 429, means: 'Too many requests; `retryAfterSeconds` says when to come back.' },
  BAD_USER_INPUT: { http: 400, means: 'An input is missing, malformed or out of range; the value is never echoed.' },
  GRAPHQL_VALIDATION_FAILED: { http: 400, means: 'The document does not fit the schema.' },
  DOCUMENT_TOO_LARGE: {
    http: 400,
    means: 'The document is too deep, too wide or too costly, or holds more than one field that authenticates.',
  },
  UNAVAILABLE: { http: 503, means: 'A dependency is down; nothing was decided.' },
  INTERNAL_SERVER_ERROR: { http: 500, means: 'A fault; the log has the detail under the request id.' },
} as const satisfies Record<string, { http: number; means: string }>

export type ErrorCode = keyof typeof ERROR_CODES
