import type { Policy } from './policy.js'

/** Asks at every sign-in: what everybody is asked when nothing is remembered. */
export const always = (): Policy => ({
  name: 'always',
  judge: () => ({ score: 1, prompts: true }),
  learn: () => undefined,
  fail: () => undefined,
  profileBytes: () => null,
})
