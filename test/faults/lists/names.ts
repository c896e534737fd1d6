import type { Fault } from '../fault.js'
import { faultsIn } from './faults-in.js'

const ONE_NAME = 'test/attacks/r184-one-name-one-account.test.ts'
const HALF_TAKEN = 'test/attacks/r185-half-taken-names.test.ts'
const RELEASED = 'test/attacks/r186-released-names.test.ts'

const obtained = faultsIn('src/store/names/obtain-name.ts', HALF_TAKEN, ONE_NAME)
const names = faultsIn('src/store/names/names.ts', ONE_NAME, RELEASED)
const settled = faultsIn('src/store/names/settle-names.ts', RELEASED, HALF_TAKEN)

export const NAME_FAULTS: readonly Fault[] = [
  obtained('an account loses its address once its grants have ended', [
    '    if (holder && holds(holder, name)) return null\n',
    '',
  ]),
  obtained('a claim for a change under way is taken at once', [
    '    if (former.pendingUntil && former.pendingUntil > at) return null\n',
    '',
  ]),
  obtained('a change that paused still happens after its name was taken', [
    '    if (holder !== null && !(await endChange({ people }, former))) return LOST\n',
    '',
  ]),
  obtained('a new account is not stored under the id that its name reserves', [
    'if (holder === null && reserves) return replace(former, former.accountId)',
    'if (holder === null && reserves) return replace(former, accountId)',
  ]),
  names('an account of an earlier version loses its address to a new one', [
    'owner === null || isComplete ? null : await people.findOne(unnamed, HOLDER)',
    'owner !== null || isComplete ? null : await people.findOne(unnamed, HOLDER)',
  ]),
  settled('the name of an address that an account left stays taken', [
    '  if (isDead(name, holder)) return true\n',
    '  if (isDead(name, holder)) return false\n',
  ]),
]
