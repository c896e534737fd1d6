/** A limit by its name in `limit.reached` events: so many calls in windows of so many seconds. */
export interface NamedRate {
  readonly name: string
  readonly count: number
  readonly withinSeconds: number
}

/**
 * The headers `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10): Lists of Strings with
 * parameters (RFC 9651). A wait without a limit has a name and no policy. `left`: calls; `seconds`: until the window
 * ends. No partition key is sent: it would name what callers are counted by.
 */
export function rateLimitHeaders(
  limit: NamedRate | string,
  left: number,
  seconds: number,
): readonly (readonly [string, string])[] {
  const name = typeof limit === 'string' ? limit : limit.name
  const state = ['ratelimit', `"${name}";r=${left};t=${seconds}`] as const
  if (typeof limit === 'string') return [state]
  return [['ratelimit-policy', `"${name}";q=${limit.count};w=${limit.withinSeconds}`], state]
}
