export const SESSION_TRANSPORTS = ['COOKIE', 'BEARER'] as const
/** How a client keeps its credentials: a cookie for browsers, or tokens in the payload for apps. */
export type SessionTransport = (typeof SESSION_TRANSPORTS)[number]
