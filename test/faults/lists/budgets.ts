import { faultsIn } from './faults-in.js'

const OWN_MAIL = 'test/attacks/r127-own-mail.test.ts'
const ALARM = 'test/attacks/r128-sign-in-alarm.test.ts'
const NEIGHBOUR = 'test/attacks/r130-shared-address.test.ts'
const RATE = 'test/attacks/r131-sign-in-rate.test.ts'
const SIGN_IN = 'test/limits/sign-in-budget.test.ts'

const mail = faultsIn('src/limits/mail-budgets.ts', 'test/limits/mail-budgets.test.ts', OWN_MAIL)
const standing = faultsIn('src/sign-in/requested-mail/mail-standing.ts', OWN_MAIL, NEIGHBOUR)
const asked = faultsIn(
  'src/sign-in/requested-mail/spend-mail-request.ts',
  'test/limits/mail-requests.test.ts',
  OWN_MAIL,
  NEIGHBOUR,
)
const shares = faultsIn(
  'src/factors/message-shares.ts',
  'test/factors/message-shares.test.ts',
  'test/attacks/r129-message-reserve.test.ts',
)
const counters = faultsIn('src/limits/sign-in-counters.ts', SIGN_IN, ALARM)
const signIn = faultsIn('src/limits/sign-in-budget.ts', SIGN_IN, ALARM, RATE)
const successes = faultsIn('src/limits/success-count.ts', 'test/limits/success-count.test.ts', RATE)
const spent = faultsIn('src/limits/call-budgets.ts', RATE, NEIGHBOUR)

const LANES = 'test/attacks/r170-password-lanes.test.ts'
const FLOOD = 'test/attacks/r172-password-floods.test.ts'
const turns = faultsIn('src/limits/turns/turns.ts', LANES, FLOOD)
const line = faultsIn('src/limits/turns/waiting-line.ts', LANES)

export const BUDGET_FAULTS = [
  turns('strangers have all turns at once', ["(lane === 'known-device' || others < mostOthers)", 'lane.length > 0']),
  turns('strangers wait for ever behind known devices', ['passedOver >= PATIENCE', 'passedOver >= Infinity']),
  line('callers wait for ever', ['caller.since < since || caller.isGone()', 'caller.isGone()']),
  turns('callers that wait are left without an answer when the gateway stops', [
    "for (const caller of line.clear()) caller.refuse('closed')",
    'line.clear()',
  ]),
  line('a burst delays everybody who comes after it', ["line.length > CALM ? 'last' : 'first'", "'first'"]),
  line('callers that guess go before those that do not', ['(a, b) => a < b', '(a, b) => a > b']),
  line('one network has all turns of strangers', ['rank: caller.used + ahead', 'rank: caller.used + 0 * ahead']),
  faultsIn(
    'src/limits/turns/lanes.ts',
    LANES,
    FLOOD,
  )('a flood of sign-ups holds up sign-ins', [
    "  if (purpose === 'new') return { lane: 'new-password', sharer }\n",
    '',
  ]),
  faultsIn('src/limits/turns/report-full-lane.ts', FLOOD)('a full lane is in the log once for each caller', [
    '  if ((reportedUntil.get(lane) ?? now) > now) return\n',
    '',
  ]),
  faultsIn('src/sign-in/password/sign-in-with-password.ts', FLOOD)('an abandoned attempt is not counted', [
    '.catch(asWrong)',
    '',
  ]),
  faultsIn('src/limits/mail-budgets.ts', 'test/limits/requested-mail.test.ts')('tags make new mailboxes', [
    'mailboxOf(cost.mailbox)',
    'cost.mailbox',
  ]),
  mail('strangers use up the reserve of the owner of a mailbox', [
    '{ budget: budgets.messagePerDestinationOwn, key: mailbox }',
    '{ budget: budgets.messagePerDestination, key: mailbox }',
  ]),
  mail('strangers use up the reserve of a network where the account was proved', [
    '{ budget: budgets.messagePerDestinationFamiliar, key: mailbox }',
    '{ budget: budgets.messagePerDestination, key: mailbox }',
  ]),
  mail("one network uses up a mailbox's whole budget", [
    '        { budget: budgets.messagePerDestinationAndNetwork, key: `${mailbox} ${kind} ${place}` },\n',
    '',
  ]),
  mail('mail of one kind uses up the budget of all kinds', [
    '        { budget: budgets.messagePerDestinationAndKind, key: `${mailbox} ${kind}` },\n',
    '',
  ]),
  mail("one account uses up all accounts' budget for a mailbox", [
    '        { budget: budgets.messagePerDestinationAndNetwork, key: `${mailbox} account ${kind} ${standing.accountId}` },\n',
    '',
  ]),
  mail('a known device can request any amount of mail of one kind', [
    '        { budget: budgets.messagePerDestinationAndDevice, key: `${mailbox} ${kind} ${standing.device}` },\n',
    '',
  ]),
  standing('a known device shares the budget of strangers', [
    "  if (device) return { kind: 'own', device: device.id }\n",
    '',
  ]),
  asked('a known device behind a bad neighbour gets no mail', ["      if (own.kind === 'allowed') return\n", '']),
  asked('a signed-in caller pays from the budget of the address', [
    'accountId === null ? addressKey(address) : `account ${accountId}`',
    'addressKey(address)',
  ]),
  faultsIn('src/sign-in/requested-mail/bounded-mail.ts', 'test/attacks/r132-held-back-mail.test.ts')(
    'held-back mail is not a signal',
    ['  await spend(limits, budgets.mailHeldBackPerDestination, mailbox)\n', ''],
  ),
  shares('enrolments use up the messages that sign-ins need', [
    '...(isEnrollment ? [{ budget: partOf',
    '...(isEnrollment && isKnownCaller ? [{ budget: partOf',
  ]),
  shares('the password alone uses up the messages that known devices need', [
    '...(isEnrollment || !isKnownCaller',
    '...(isEnrollment',
  ]),
  counters('a bad neighbour keeps a known device from signing in', [
    'failures: [always, ofDevice]',
    'failures: [always, ofDevice, ...networks]',
  ]),
  counters('wrong passwords for a name block its known device', [
    '{ counter: counter(budgets.signInPerDevice, device), holds: ',
    '{ counter: ofName, holds: ',
  ]),
  counters('a subscriber with a /56 has 256 budgets', [
    '    ...(site === null ? [] : [ofNetwork(budgets.signInPerSite, site)]),\n',
    '',
  ]),
  counters('a whole /24 guesses at once', ['    ofPlace,\n  ]', '  ]']),
  counters('wrong passwords for any name block all callers', [
    "{ counter: overall, holds: 'never' }",
    "{ counter: overall, holds: 'always' }",
  ]),
  signIn('an attack on all names changes nothing', [
    "holds === 'in part' && isUnderAttack",
    "holds === 'never' && isUnderAttack",
  ]),
  signIn('a script can sign in with the right password without limit', [
    '        if (success && successes.isFull(success, countOf(success))) full.push(success)\n',
    '',
  ]),
  signIn('successful sign-ins are not counted', [
    'const isLast = success !== null && (await successes.endAsSuccess(success))',
    'const isLast = success !== null && success.budget.count < 0 && (await successes.endAsSuccess(success))',
  ]),
  signIn('a failure that was not counted is answered', [
    "    if (count?.status !== 'fulfilled') throw count?.reason\n",
    "    if (count?.status !== 'fulfilled') continue\n",
  ]),
  signIn('a store failure leaves attempts that never end', [
    '    attempts.endWithoutFailure(ids)\n    if (success) successes.endWithoutSuccess(success)\n    throw fault',
    '    if (success) successes.endWithoutSuccess(success)\n    throw fault',
  ]),
  successes('parallel successful sign-ins are not counted against each other', [
    'return written + (entry?.unwritten ?? 0) + (entry?.inFlight ?? 0)',
    'return written + (entry?.unwritten ?? 0)',
  ]),
  successes("this process's successful sign-ins only count once they are written", [
    'return written + (entry?.unwritten ?? 0) + (entry?.inFlight ?? 0)',
    'return written + (entry?.inFlight ?? 0)',
  ]),
  successes('the budget of successful sign-ins never starts again', ['      entries = new Map()\n', '']),
  spent('a limit writes an event for each call that it refuses', ['  if (outcome.first) await', '  await']),
  faultsIn('src/limits/spend-all.ts', 'test/limits/spend-all.test.ts')('a refusal writes each time', [
    'countOf(counter) === counter.budget.count)',
    'countOf(counter) >= counter.budget.count)',
  ]),
  faultsIn('src/limits/give-back.ts', 'test/limits/give-back.test.ts')('the budget of an unsent message stays spent', [
    'for (const { budget, key } of spendings)',
    'for (const { budget, key } of spendings.slice(1))',
  ]),
  faultsIn('src/store/limits-repository.ts', 'test/limits/give-back.test.ts')('a counter falls below none', [
    '{ _id: id, count: { $gte: by } }',
    '{ _id: id }',
  ]),
  faultsIn('src/limits/step-up-budget.ts', 'test/limits/step-up-budget.test.ts')('a lock outlives its time', [
    'const over = lockedUntil !== null || secondsAfter',
    'const over = secondsAfter',
  ]),
]
