import { faultsIn, faultsOfVerb } from './faults-in.js'

const WAITING = 'test/attacks/r123-pending-grants.test.ts'
const OPERATORS = 'test/operators/operators.test.ts'
const POWER = 'test/attacks/r159-power-follows-the-person.test.ts'
const ONCE = 'test/attacks/r160-an-address-gives-once.test.ts'
const GAINED = 'test/attacks/r161-gaining-a-role.test.ts'
const COMMAND = 'test/attacks/r162-operators-on-the-command-line.test.ts'

const listed = faultsIn('src/operators/bootstrap-operator.ts', OPERATORS, ONCE, POWER)
const command = faultsIn('src/operators/change-operators.ts', OPERATORS, COMMAND)
const operators = faultsIn('src/store/operator-repository.ts', COMMAND, GAINED)
const left = faultsIn('src/kernel/factors-left.ts', 'test/kernel/factors-left.test.ts')
const ending = (store: string) => faultsIn(`src/store/${store}-repository.ts`, WAITING)

/** Unfinished steps, the factors left, and operators. */
export const GRANT_FAULTS = [
  faultsOfVerb('account', 'accounts.changeEmail')('a change of address outlives its grant', [
    '            grantRevision: grantedOn,\n            ...(fromKey',
    '            ...(fromKey',
  ]),
  faultsOfVerb('account', 'accounts.changePassword')('a password is set by a grant that has ended', [
    'passwordHash: from, grantRevision: grantedOn }',
    'passwordHash: from }',
  ]),
  faultsOfVerb('session', 'sessions.open')('a session opens although its grant has ended', [
    '          grantRevision: grantedOn,\n          ...(passwordHash',
    '          ...(passwordHash',
  ]),
  faultsOfVerb('challenge', 'challenges.pass')('an answer counts although its grant has ended', [
    '        grantRevision: input.grantedOn,\n',
    '',
  ]),
  faultsIn('src/store/challenge-repository.ts', 'test/store/what-goes-with-a-factor.test.ts')(
    'unfinished steps continue when wrong answers disable a factor',
    ['          $inc: { ...END_GRANTS.$inc, activeFactorCount: -1 },', '          $inc: { activeFactorCount: -1 },'],
  ),
  ending('account-care')('unfinished steps continue when a new factor is demanded', [
    '{ ...END_GRANTS, $set: { ...END_GRANTS.$set, reEnrollSince: at } }',
    '{ $set: { ...END_GRANTS.$set, reEnrollSince: at } }',
  ]),
  ending('session')('unfinished steps continue when the other sessions end', [
    'update({ ...changes, $set, $inc })',
    'update({ ...changes, $set })',
  ]),
  ending('session')('unfinished steps continue when a session is revoked', [
    'const grants = distrusts ? END_GRANTS',
    'const grants = !distrusts ? END_GRANTS',
  ]),
  ending('device')('unfinished steps continue when a device is forgotten', [
    '{ $set: END_GRANTS.$set, $unset: { [path]: true }, $inc: { ...END_GRANTS.$inc, trustRevision: 1 } }',
    '{ $set: END_GRANTS.$set, $unset: { [path]: true }, $inc: { trustRevision: 1 } }',
  ]),
  ending('factor')('an enrolment outlives new recovery codes', [
    '$set: { ...END_GRANTS.$set, [`factors.${factor.id}`]: stored(factor) },',
    '$set: { [`factors.${factor.id}`]: stored(factor) },',
  ]),
  ending('factor')('unfinished steps continue when a factor is removed', [
    '$inc: { trustRevision: 1, ...END_GRANTS.$inc, ...(isActive',
    '$inc: { trustRevision: 1, ...(isActive',
  ]),
  ending('suspicion')('unfinished steps survive a "this was not me" report', [
    '    $inc: {\n      ...END_GRANTS.$inc,\n',
    '    $inc: {\n',
  ]),
  ending('push')('unfinished steps survive a denied prompt', ['          $inc: END_GRANTS.$inc,\n', '']),
  ending('account')('a password reset link outlives the address it was sent to', [
    '{ ...END_GRANTS, $set: { ...END_GRANTS.$set, email, emailKey, emailChangedAt: at } }',
    '{ $set: { ...END_GRANTS.$set, email, emailKey, emailChangedAt: at } }',
  ]),
  left('a factor from before the demand meets it', [
    '  return since === null || (factor.activatedAt !== null && factor.activatedAt >= since)\n',
    '  return since === null || factor.activatedAt !== null\n',
  ]),
  left('the removed factor is counted among those that stay', [
    'factors.filter(({ id }) => !removes.includes(id))',
    'factors.filter(({ id }) => removes.length === 0 || id.length > 0)',
  ]),
  left("meeting one of two organizations' demands is enough", [
    'left.every((each) => each !== null)',
    '(left.length === 0 || left.some((each) => each !== null))',
  ]),
  left('the last factor that an organization requires is removed', [
    'return [...(own ? [own] : []), ...counting.map((types) => ({ types, since: null }))]',
    'return own ? [own] : counting.slice(1).map((types) => ({ types, since: null }))',
  ]),
  left('a mailbox replaces a reported factor', [
    'const types = isMfa(type, assurances) ? others.filter',
    'const types = !isMfa(type, assurances) ? others.filter',
  ]),
  faultsOfVerb('factor', 'factors.remove')(
    'the last factor is removed, because the other one was removed at the same moment',
    ['          ...stillCounting(left),\n', ''],
  ),
  faultsOfVerb('factor', 'factors.remove')('two parallel removals leave none', [
    '          ...(isActive ? { activeFactorCount: document.activeFactorCount } : {}),\n',
    '',
  ]),
  faultsIn('src/store/factor-repository.ts', 'test/store/what-goes-with-a-factor.test.ts')(
    'recovery codes outlive the last factor',
    ['[factorId, ...(isLast ? recoveryCodesOf(document) : [])]', '[factorId]'],
  ),
  faultsOfVerb('challenge', 'challenges.pass')(
    'a factor is replaced although the one that must stay was removed meanwhile',
    ['    ...stillCounting(keeps),\n', ''],
  ),
  faultsIn('src/store/factor-repository.ts', 'test/store/what-goes-with-a-factor.test.ts')(
    'the proof of a removed factor stays in the session',
    ['.map((kept) => `sessions.${kept}.proofs.${id}`),', '.map((kept) => `sessions.${kept}.proofs.${id}.never`),'],
  ),
  listed('a linked account with a listed address becomes an operator', [' && linkedTo === null &&', ' &&']),
  listed('an account that changed to a listed address becomes an operator', [' && emailChangedAt === null &&', ' &&']),
  listed('a revoked role comes back with the next sign-in', [' && roles.ADMIN === undefined\n', '\n']),
  listed('a listed address makes two operators', [
    '  if ((await deps.operators.bindAddress(mark, account.id, at)) !== account.id) return UNCHANGED\n',
    '  await deps.operators.bindAddress(mark, account.id, at)\n',
  ]),
  listed('a role revoked on the command line is granted by the setting', [
    '{ onlyOnce: true, demandsFactor',
    '{ onlyOnce: false, demandsFactor',
  ]),
  command('the last operator is revoked', [
    '  if (!force && !(await hasOthers(deps, account.id))) {\n',
    '  if (!force && !account) {\n',
  ]),
  command('the last two operators are revoked at the same moment', [
    "  if (isLeftAlone && (await deps.operators.restore(account.id, at, eventOf('DENIED')))) return { kind: 'last', account }\n",
    '',
  ]),
  command('a closed account counts as a remaining operator', [" && status === 'ACTIVE')", ')']),
  command('an operator has no second factor', [
    'demandsFactor: true }, eventsOf)',
    'demandsFactor: false }, eventsOf)',
  ]),
  command('an address whose role was granted by command gives it again by the setting', [
    '  await deps.operators.bindAddress(addressMark(deps.secrets, account.emailKey), account.id, at)\n',
    '',
  ]),
  operators('a revoked operator is still one', [", 'roles.ADMIN.revokedAt': null }\n", ' }\n']),
  ending('operator')('unfinished steps continue when the role is revoked', [
    '          ...END_GRANTS,\n          $set: { ...END_GRANTS.$set',
    '          $set: { ...END_GRANTS.$set',
  ]),
  operators('an earlier session can use the new role', [
    "        ...dropped.$set,\n        ...END_GRANTS.$set,\n        'roles",
    "        ...END_GRANTS.$set,\n        'roles",
  ]),
  faultsOfVerb('operator', 'operators.grant')('an account that was closed meanwhile becomes an operator', [
    "    { ...filter, status: 'ACTIVE' },\n",
    '    { ...filter },\n',
  ]),
  faultsOfVerb('operator', 'operators.restore')('a revocation can be undone by a command that did not revoke', [
    "{ _id: accountId, 'roles.ADMIN.revokedAt': revokedAt },",
    "{ _id: accountId, 'roles.ADMIN.grantedAt': { $lte: revokedAt } },",
  ]),
  faultsOfVerb('account', 'accounts.changeEmail')('an address changes although the account gained a role since', [
    "{ 'roles.ADMIN.grantedAt': { $lte: askedAt } }",
    "{ 'roles.ADMIN.grantedAt': { $exists: true } }",
  ]),
]
