import type { Fault } from '../fault.js'

const suites = ['test/races/interleavings/interleavings.test.ts'] as const

/** A condition of a verb of the store that is dropped. */
const dropped = (verb: string, name: string, file: string, find: string, replace = ''): Fault => ({
  ...{ name, file: `src/store/${file}-repository.ts`, find, replace, suites },
  tests: verb.replace('.', '\\.'),
})

const PATHS = 'src/store/paths.ts'
const inPaths = (name: string, find: string, replace: string): Fault => ({
  ...{ name, file: PATHS, find, replace, suites },
  tests: 'sessions\\.open |sessions\\.endOthers|accounts\\.changePassword',
})

export const STORE_FAULTS: readonly Fault[] = [
  dropped(
    'sessions.findPersonInUse',
    'a wrong secret keeps a session from running out',
    'session',
    '          ...(secretHash === null ? {} : { [`${path}.secretHash`]: secretHash }),\n',
  ),
  dropped(
    'sessions.findPersonInUse',
    'an idle session is revived by its use',
    'session',
    '          [`${path}.lastSeenAt`]: { $gt: idleSince },\n',
  ),
  dropped(
    'sessions.open',
    'a session opens for an account that was closed meanwhile',
    'session',
    "          status: 'ACTIVE',\n",
  ),
  dropped(
    'sessions.open',
    'a choice of organization is answered twice',
    'session',
    "          ...(continues === null ? {} : { [`sessions.${continues}.state`]: 'pending' }),\n",
  ),
  dropped(
    'sessions.open',
    'a passkey signs in although it was disabled meanwhile',
    'session',
    "{ [`${factor}.status`]: 'ACTIVE', ...under(`${factor}.material`, where) }",
    '{ ...under(`${factor}.material`, where) }',
  ),
  dropped(
    'sessions.open',
    'two sign-ins share one counter of a passkey',
    'session',
    "{ [`${factor}.status`]: 'ACTIVE', ...under(`${factor}.material`, where) }",
    "{ [`${factor}.status`]: 'ACTIVE' }",
  ),
  dropped(
    'sessions.rotateRefresh',
    'one refresh token has two children',
    'session',
    '{ _id: accountId, [`${path}.refresh.hash`]: from }',
    '{ _id: accountId, [path]: { $exists: true } }',
  ),
  dropped(
    'sessions.openStepUp',
    'a step-up brings a session back that has ended',
    'session',
    `      return people.changeOne(
        { _id: accountId, [path]: { $exists: true } },
        update({
          $set: { [\`\${path}.stepUps.\${key}\`]`,
    `      return people.changeOne(
        { _id: accountId },
        update({
          $set: { [\`\${path}.stepUps.\${key}\`]`,
  ),
  dropped(
    'sessions.spendOperationProof',
    'a proof for one operation is spent by two callers',
    'session',
    '{ _id: accountId, [`${path}.operationHash`]: operationHash }',
    '{ _id: accountId }',
  ),
  inPaths(
    'a sign-in under way brings back the profile that a label changed',
    'const profile = { profileRevision: arrival.profileRevision }',
    'const profile = {}',
  ),
  inPaths(
    'a device that was forgotten meanwhile is remembered again',
    'under(path, { id, rememberedUntil, secretHash, keyThumbprint, copiedAt })',
    'under(path, { id, secretHash, keyThumbprint, copiedAt })',
  ),
  inPaths(
    'a device that turned out to be copied is taken as before',
    'under(path, { id, rememberedUntil, secretHash, keyThumbprint, copiedAt })',
    'under(path, { id, rememberedUntil, secretHash, keyThumbprint })',
  ),
  inPaths(
    'a session that began meanwhile outlives the end of all others',
    'filter: { _id: document._id, trustRevision: document.trustRevision },',
    'filter: { _id: document._id },',
  ),
  dropped(
    'accounts.changeEmail',
    'an address changes although the password was changed since it was asked for',
    'account',
    '            passwordChangedAt: { $lte: askedAt },\n',
  ),
  dropped(
    'accounts.changePassword',
    'of two who change the password at once both do',
    'account',
    'people.updateOne({ ...guard, ...filter }, ',
    'people.updateOne(filter, ',
  ),
  dropped(
    'accounts.replaceProfile',
    'of two changes of personal data one is lost',
    'account',
    '{ _id: id, sealedProfile: from }',
    '{ _id: id }',
  ),
  dropped(
    'factors.remove',
    'the last two factors are removed at the same moment',
    'factor',
    '          ...(isActive ? { activeFactorCount: document.activeFactorCount } : {}),\n',
  ),
  dropped(
    'factors.replaceRecoveryCodes',
    'two sets of recovery codes made at once both stay',
    'factor',
    '{ _id: accountId, recoverySets: document.recoverySets, ...atEach(paths, { $exists: true }) }',
    '{ _id: accountId, ...atEach(paths, { $exists: true }) }',
  ),
  dropped(
    'devices.markCopied',
    'the alarm about a copied device is raised by every caller',
    'device',
    ', [`${path}.copiedAt`]: null },\n',
    ' },\n',
  ),
  dropped(
    'challenges.open',
    'asking again gives back an attempt that was spent meanwhile',
    'challenge',
    '? { [`${path}.id`]: replaces.id, [`${path}.attemptsLeft`]: replaces.attemptsLeft }',
    '? { [`${path}.id`]: replaces.id }',
  ),
  dropped(
    'challenges.open',
    'a session that was raised meanwhile comes back with a challenge',
    'challenge',
    `          [\`\${session}.id\`]: sessionId,
          [\`\${factor}.id\`]: challenge.factorId,`,
    '          [`${factor}.id`]: challenge.factorId,',
  ),
  dropped(
    'challenges.spendAttempt',
    'two answers share one attempt',
    'challenge',
    '          [`${path}.attemptsLeft`]: attempt.challenge.attemptsLeft,\n',
  ),
  dropped(
    'challenges.spendAttempt',
    'a challenge that ran out meanwhile is answered',
    'challenge',
    '          [`${path}.expiresAt`]: { $gt: attempt.now },\n',
  ),
  dropped(
    'challenges.spendAttempt',
    'answers of several sessions exceed the budget of the account',
    'challenge',
    "          ...under('stepUpBudget', attempt.budget.guard),\n",
  ),
  dropped(
    'challenges.pass',
    'one answer is right for two callers',
    'challenge',
    '        [`${session}.challenges.${factorId}.id`]: input.challengeId,\n',
  ),
  dropped(
    'challenges.pass',
    'one code is used by two sessions',
    'challenge',
    '        ...under(`${factor}.material`, advance.where),\n',
  ),
  dropped(
    'challenges.pass',
    'a spent operation proof comes back with a raise',
    'challenge',
    `    ...(operationProof
      ? { [\`\${path}.operationProof.operationHash\`]: operationProof.operationHash }
      : { [\`\${path}.operationProof\`]: null }),
`,
  ),
  dropped(
    'challenges.pass',
    'the proof of a removed factor comes back with a raise',
    'challenge',
    `      Object.keys(proofs).map((factorId) => \`\${path}.proofs.\${factorId}\`),
      { $exists: true } as const,`,
    `      Object.keys(proofs).map((factorId) => \`\${path}.proofs.\${factorId}.never\`),
      { $exists: false } as const,`,
  ),
  dropped(
    'challenges.pass',
    'an organization that was left comes back with a raise',
    'challenge',
    '    [`${path}.organizationId`]: organizationId,\n',
  ),
  dropped(
    'challenges.pass',
    'a session that began meanwhile outlives a recovery code',
    'challenge',
    '        ...(input.lost ? { trustRevision: input.trustRevision } : {}),\n',
  ),
  dropped(
    'challenges.pass',
    'an account gets one factor more than it may have',
    'challenge',
    'isCounted ? countBefore : { $lt: maxFactors + removesActive }',
    'isCounted ? countBefore : { $lte: maxFactors + removesActive }',
  ),
  dropped(
    'challenges.endExhausted',
    'a session that was proved meanwhile ends with the challenge of before',
    'challenge',
    "{ _id: accountId, [`${session}.state`]: 'pending' }, { $unset",
    '{ _id: accountId }, { $unset',
  ),
  dropped(
    'challenges.disableFactor',
    'a factor that was proved meanwhile is disabled',
    'challenge',
    ', [`${path}.consecutiveFailures`]: { $gte: failureLimit } },\n',
    ' },\n',
  ),
  dropped(
    'pushDevices.connect',
    'one connect URL binds two devices',
    'push',
    '          [`${factor}.material.connectHash`]: connectHash,\n',
  ),
  dropped(
    'pushDevices.approve',
    'a prompt is approved with a key that was replaced',
    'push',
    '  [`${path}.material.publicKey`]: publicKey,\n',
  ),
  dropped(
    'pushDevices.approve',
    'a prompt that was denied is approved',
    'push',
    '  [`${path}.question.state`]: state,\n',
  ),
  dropped(
    'suspicions.takeBack',
    'a session that began meanwhile outlives the report that it was not me',
    'suspicion',
    '    trustRevision: document.trustRevision,\n    suspicionAt',
    '    suspicionAt',
  ),
  dropped(
    'riskLabels.label',
    'a label loses what a sign-in taught meanwhile',
    'risk-label',
    '            riskProfile: document.riskProfile,\n',
  ),
  dropped(
    'erasures.close',
    'an account closes on a password that was changed meanwhile',
    'erasure',
    '{ passwordHash: asRead.passwordHash, [`sessions.${asRead.sessionId}.id`]: asRead.sessionId }',
    '{ [`sessions.${asRead.sessionId}.id`]: asRead.sessionId }',
  ),
  dropped(
    'erasures.take',
    'two processes work on one erasure',
    'erasure',
    "        { _id: accountId, 'erasure.until': { $lte: now } },\n",
    "        { _id: accountId, 'erasure.until': { $exists: true } },\n",
  ),
  dropped(
    'members.replacePlace',
    'a place in an organization overwrites another one given meanwhile',
    'member',
    '{ _id: accountId, membershipRevision: fromRevision }',
    '{ _id: accountId }',
  ),
  dropped(
    'organizationStore.replace',
    'of two changes of an organization one is lost',
    'organization',
    '{ _id, revision: fromRevision },',
    '{ _id },',
  ),
  dropped(
    'invitations.take',
    'an invitation is taken up twice',
    'invitation',
    'const open = (now: Date): Filter => ({ takenAt: null, expiresAt: { $gt: now } })',
    'const open = (now: Date): Filter => ({ expiresAt: { $gt: now } })',
  ),
  dropped(
    'links.spendAttempt',
    'parallel guesses at the code of a link share one attempt',
    'link',
    '{ _id: id, takenAt: null, attemptsLeft, expiresAt: { $gt: now } }',
    '{ _id: id, takenAt: null, expiresAt: { $gt: now } }',
  ),
  dropped(
    'serviceKeys.rotate',
    'a service key that was revoked meanwhile is rotated',
    'service-key',
    'const working = (now: Date): Filter => ({ revokedAt: null, expiresAt: { $gt: now } })',
    'const working = (now: Date): Filter => ({ expiresAt: { $gt: now } })',
  ),
  dropped(
    'serviceKeys.rotate',
    'one rotation of a service key gives two secrets',
    'service-key',
    '{ _id: id, secretHash: from, ...working(now) }',
    '{ _id: id, ...working(now) }',
  ),
]
