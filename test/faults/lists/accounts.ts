import type { Fault } from '../fault.js'

const SIGN_UPS = ['test/attacks/r121-foreign-sign-ups.test.ts'] as const

export const ACCOUNT_FAULTS: readonly Fault[] = [
  {
    name: 'a confirmation link creates the account of any sign-up, in any browser',
    file: 'src/accounts/confirm-sign-up.ts',
    find: '  if (isFromClient(secrets, link, client)) return link\n',
    replace: '  if (isFromClient(secrets, link, client) || link.clientHash !== client) return link\n',
    suites: SIGN_UPS,
  },
  {
    name: "any password confirms another person's sign-up",
    file: 'src/accounts/confirm-sign-up.ts',
    find: '  if (await passwords.verify(password, link.passwordHash)) return link\n',
    replace: '  if ((await passwords.verify(password, link.passwordHash)) || password !== link.id) return link\n',
    suites: SIGN_UPS,
  },
  {
    name: 'password guesses at a confirmation link cost nothing',
    file: 'src/accounts/prove-asker.ts',
    find: 'if (attempts <= 0 || !(await confirmations.spendAttempt(link.id, link.attemptsLeft, now))) {',
    replace: 'if (attempts <= 0) {',
    suites: SIGN_UPS,
  },
  {
    name: 'an account keeps the sign-ups of strangers for its address',
    file: 'src/accounts/confirm-sign-up.ts',
    find: '  await deps.confirmations.forgetSignUps(emailKey)\n',
    replace: '',
    suites: [...SIGN_UPS, 'test/attacks/r059-waiting-sign-ups.test.ts'],
  },
]
