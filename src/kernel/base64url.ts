/**
 * Reads base64url only as `toString('base64url')` writes it. Null for every other spelling of the same bytes: padding,
 * `+` and `/`, whitespace, and stray bits at the end (RFC 4648 section 3.5). Node's decoder accepts all of these.
 */
export function decodeBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}

export const isBase64url = (text: string): boolean => decodeBase64url(text) !== null

/**
 * Whether text is a signed token (RFC 7515 section 7.1) whose three parts each have their canonical spelling. The
 * signature check rejects an empty signature.
 */
export function isCompactJws(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 3 && parts.every(isBase64url)
}
