import type { Fault } from '../fault.js'

const ONCE = 'test/attacks/r158-once-and-no-return.test.ts'
const INTERLEAVINGS = 'test/races/interleavings/interleavings.test.ts'

/** Faults that once escaped every test. */
export const ESCAPED_BEFORE: readonly Fault[] = [
  {
    name: 'a mailed link can be used again while it is being taken',
    file: 'src/store/link-repository.ts',
    find: 'const taken = await links.updateOne({ ...byId(id), ...open(now) },',
    replace: 'const taken = await links.updateOne({ ...byId(id), expiresAt: { $gt: now } },',
    suites: [ONCE],
  },
  {
    name: 'a confirmation can be used again while it is being taken',
    file: 'src/store/confirmation-repository.ts',
    find: `const taken = await confirmations.updateOne({ ...byToken(id), ...open(now) },`,
    replace: `const taken = await confirmations.updateOne({ ...byToken(id), expiresAt: { $gt: now } },`,
    suites: [INTERLEAVINGS],
  },
  {
    name: 'a session opens although the password was changed meanwhile',
    file: 'src/store/session-repository.ts',
    find: `          ...(passwordHash === null ? {} : { passwordHash }),
`,
    replace: '',
    suites: [INTERLEAVINGS],
  },
  {
    name: 'a session switches to an organization that was left meanwhile',
    file: 'src/store/session-repository.ts',
    find: `          ...(to === null ? {} : { [\`memberships.\${to}\`]: { $exists: true } }),
`,
    replace: '',
    suites: [ONCE],
  },
  {
    name: 'a password reset link survives a "this was not me" report',
    file: 'src/sign-in/link/reset-password.ts',
    find: `    !isOutdatedGrant(link, person) &&
    (suspicionAt === null || suspicionAt <= createdAt)`,
    replace: `    (suspicionAt === null || suspicionAt <= suspicionAt)`,
    suites: [ONCE],
  },
]
