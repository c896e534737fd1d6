/** People who sign in about every day. */
export const DAILY = 'daily'
/** Sign-ins while the attackers are about, and in the weeks they are compared with. */
export const CAMPAIGN = 'campaign'
export const QUIET = 'quiet'
/** The few who use private windows a third of the time, and so lose their cookies. */
export const PRIVATE_MODE = 'private-often'

/** Groups that have a column in the report, as the world calls them. */
export const REPORTED_GROUPS: readonly string[] = [
  'traveller',
  'vpn',
  'on-vpn',
  'mobile',
  'cgnat',
  DAILY,
  'private-seldom',
  'private-sometimes',
  PRIVATE_MODE,
]

export const isPrivate = (groups: readonly string[]): boolean => groups.includes(PRIVATE_MODE)
