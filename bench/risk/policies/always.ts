import type { Policy } from './policy.js'

/** Prompts at every sign-in, as if nothing were remembered. */
export const always = (): Policy => ({
  name: 'always',
  judge: () => ({ score: 1, prompts: true }),
  learn: () => undefined,
  fail: () => undefined,
  profileBytes: () => null,
})
