export const CHALLENGE_PURPOSES = ['ENROLLMENT', 'SIGN_IN', 'STEP_UP'] as const
/** What the right answer does: it activates a new factor, finishes a sign-in, or raises an active session. */
export type ChallengePurpose = (typeof CHALLENGE_PURPOSES)[number]
