/** People who sign in about every day. */
export const DAILY = 'daily'
/** Sign-ins while the attackers are about, and in the weeks they are compared with. */
export const CAMPAIGN = 'campaign'
export const QUIET = 'quiet'
/** The 8 % of people who often use private windows. */
export const PRIVATE_MODE = 'private-often'

export const isPrivate = (groups: readonly string[]): boolean => groups.includes(PRIVATE_MODE)
