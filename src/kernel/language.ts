const TAG = /^\s*([a-z]{2,3})(?:-[a-z0-9-]+)?\s*(?:;|,|$)/i

/** The first language in an `Accept-Language` header (RFC 9110 section 12.5.4), such as `de`; null for none. */
export const preferredLanguage = (header: string): string | null => TAG.exec(header)?.[1]?.toLowerCase() ?? null
