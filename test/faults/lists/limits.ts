import type { Fault } from '../fault.js'

const SIGN_IN = ['test/limits/sign-in-budget.test.ts'] as const
const STEP_UP = ['test/limits/step-up-budget.test.ts'] as const
const ALL = ['test/limits/spend-all.test.ts'] as const

export const LIMIT_FAULTS: readonly Fault[] = [
  {
    name: 'a budget allows one more than it holds',
    file: 'src/limits/spend.ts',
    find: 'if (count <= budget.count) return',
    replace: 'if (count <= budget.count + 1) return',
    suites: ['test/limits/spend.test.ts'],
  },
  {
    name: 'a right password gives back the same typing errors again and again',
    file: 'src/limits/forgive-typos.ts',
    find: 'const due = read.failures - read.forgiven',
    replace: 'const due = read.failures',
    suites: ['test/limits/forgive-typos.test.ts'],
  },
  {
    name: 'two sign-ins at once give back the same typing errors',
    file: 'src/limits/forgive-typos.ts',
    find: 'const back = Math.min(due, read.failures - before)',
    replace: 'const back = Math.min(due, read.failures - read.forgiven + 0 * before)',
    suites: ['test/limits/forgive-typos.test.ts'],
  },
  {
    name: 'requests of mail can be saved up by following links later',
    file: 'src/limits/call-budgets.ts',
    find: 'if (spentAt < windowOf(budget, deps.limits.clock.now()).startedAt) return',
    replace: 'if (spentAt > deps.limits.clock.now()) return',
    suites: ['test/limits/forgive-typos.test.ts'],
  },
  {
    name: 'spending several budgets ignores one that is used up',
    file: 'src/limits/spend-all.ts',
    find: '  if (full.length > 0) {\n',
    replace: '  if (full.length === counters.length) {\n',
    suites: ALL,
  },
  {
    name: 'callers that race for the last of a budget all get it',
    file: 'src/limits/spend-all.ts',
    find: 'if (spent.count > counter.budget.count) return refusedBy([counter], now, [spent])',
    replace: 'if (spent.count < 0) return refusedBy([counter], now, [spent])',
    suites: ALL,
  },
  {
    name: 'a thousand parallel guesses are all judged',
    file: 'src/limits/attempts-in-flight.ts',
    find: 'return entry.count + entry.inFlight',
    replace: 'return entry.count',
    suites: SIGN_IN,
  },
  {
    name: 'a subscriber has as many budgets as IPv6 addresses',
    file: 'src/limits/address-key.ts',
    find: 'hex(address.groups.slice(0, 4))',
    replace: 'hex(address.groups.slice(0, 8))',
    suites: ['test/limits/budgets.test.ts', ...SIGN_IN],
  },
  {
    name: 'an IPv4 address inside IPv6 is another caller',
    file: 'src/networks/addresses/address.ts',
    find: 'groups[5] === 0xffff &&',
    replace: 'groups[5] === 0xfffe &&',
    suites: ['test/limits/budgets.test.ts'],
  },
  {
    name: 'ten wrong answers lock nothing',
    file: 'src/limits/step-up-budget.ts',
    find: '  const update = { guard, change: { $inc, $set: { lockedUntil: locksUntil } } }\n',
    replace: '  const update = { guard, change: { $inc } }\n',
    suites: STEP_UP,
  },
  {
    name: 'a right answer gives back the wrong ones before it',
    file: 'src/limits/step-up-budget.ts',
    find: 'return { guard, change: { $inc: { failures: -1 }, $set: { lockedUntil: null } } }',
    replace: 'return { guard, change: { $set: { failures: 0, lockedUntil: null } } }',
    suites: STEP_UP,
  },
  {
    name: 'a locked account may still answer',
    file: 'src/limits/step-up-budget.ts',
    find: 'return budget.lockedUntil > now && isPlausible ? budget.lockedUntil : null',
    replace: 'return null',
    suites: STEP_UP,
  },
  {
    name: 'the last answers of a budget are spent by two callers',
    file: 'src/limits/step-up-budget.ts',
    find: 'const guard = { windowStartedAt, lockedUntil: null, failures: rule.count - 1 }',
    replace: 'const guard = { windowStartedAt, lockedUntil: null }',
    suites: STEP_UP,
  },
]
