import type { Policy } from './policy.js'

/** Never asks: the password alone. */
export const never = (): Policy => ({
  name: 'never',
  judge: () => ({ score: 0, prompts: false }),
  learn: () => undefined,
  fail: () => undefined,
  profileBytes: () => null,
})
