export const SESSION_TRANSPORTS = ['COOKIE', 'BEARER'] as const
/** How a client keeps its credentials: browsers in a cookie, apps as tokens from the payload. */
export type SessionTransport = (typeof SESSION_TRANSPORTS)[number]
