export interface KeyUriInput {
  readonly issuer: string
  readonly label: string
  /** Base32, as authenticator apps expect it. */
  readonly secret: string
  readonly algorithm: string
  readonly digits: number
  readonly periodSeconds: number
}

/**
 * The `otpauth://` address of the Key URI format. Issuer and label are escaped completely, including the colon, so that
 * a name such as `x&secret=AAAA` or `a:b` stays a name (R029).
 */
export function keyUri(input: KeyUriInput): string {
  const path = `${encodeURIComponent(input.issuer)}:${encodeURIComponent(input.label)}`
  const query = new URLSearchParams({
    secret: input.secret,
    issuer: input.issuer,
    algorithm: input.algorithm.toUpperCase(),
    digits: String(input.digits),
    period: String(input.periodSeconds),
  })
  // Authenticator apps read `+` literally, so spaces must be %20.
  return `otpauth://totp/${path}?${query.toString().replaceAll('+', '%20')}`
}
