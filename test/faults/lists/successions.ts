import { faultsIn } from './faults-in.js'

const LOST = 'test/attacks/r144-lost-answers.test.ts'
const OLD = 'test/attacks/r145-old-credentials.test.ts'
const ROOM = 'test/attacks/r148-the-password-ends-nobodys-session.test.ts'
const CONTEXTS = 'test/attacks/r154-step-up-contexts.test.ts'
const TOKENS = 'test/attacks/mfa-token.test.ts'

const states = faultsIn('src/kernel/secret-states.ts', 'test/sessions/succession.test.ts')
const line = faultsIn('src/sessions/succession.ts', 'test/sessions/succession.test.ts')
const room = faultsIn('src/sessions/make-room.ts', 'test/sessions/make-room.test.ts', ROOM)
const retired = faultsIn('src/sessions/succession.ts', 'test/attacks/r188-retired-sessions.test.ts')
const forms = faultsIn('src/store/compact/compact-session.ts', 'test/store/compact-forms.test.ts')
const context = faultsIn('src/sessions/step-up-context.ts', 'test/sessions/step-up-context.test.ts', CONTEXTS, TOKENS)
const contextRoom = faultsIn('src/sessions/step-up-room.ts', 'test/sessions/step-up-room.test.ts', CONTEXTS)

export const SUCCESSION_FAULTS = [
  states('a request that crossed its successor counts as theft', [
    'secondsBetween(handedOutAt, now) <= times.inFlightSeconds',
    'secondsBetween(now, handedOutAt) < 0',
  ]),
  states('an old secret counts as in flight for as long as it may be lost', [
    '<= times.inFlightSeconds',
    '<= times.supersededSeconds',
  ]),
  states('a lost answer costs the session after a moment', ['<= times.supersededSeconds', '<= times.inFlightSeconds']),
  line("each repeated answer extends the old secret's life", ['    at: before ?? now,\n', '    at: now,\n']),
  line('a session without its successor continues', ["  if (successors.length === 0) return 'lapsed'\n", '']),
  line('a new answer to an old session treats its theft as a race', [
    '(presented.length > 0 ? presented : successors)',
    '(presented.length < 0 ? presented : successors)',
  ]),
  line('an ended session leaves its predecessor', [
    'return [...new Set([id, ...former, ...unpresented])]',
    'return [...new Set([id, ...unpresented])]',
  ]),
  line('a stolen refresh token ends its session but not its successors', [
    '...endingWith(sessions, id), ...successors, ...successors',
    '...endingWith(sessions, id), ...successors.slice(1), ...successors.slice(1)',
  ]),
  line('a step-up keeps every session before it', [
    'drop: session.replaces && sessions[session.replaces] ? [session.replaces] : [],',
    'drop: session.replaces && sessions[session.replaces] ? [] : [],',
  ]),
  line('a session is listed beside the one that replaced it', [
    '  if (session.supersededAt) return successors.length > 0 && !successors.some(isPresented)\n',
    '',
  ]),
  faultsIn(
    'src/sessions/identify.ts',
    OLD,
    LOST,
  )('a replaced session still opens everything', [
    "  if (state === 'late' || state === 'reused') return REPLACED\n",
    '',
  ]),
  faultsIn(
    'src/sessions/identify.ts',
    OLD,
    LOST,
  )('a session whose successor never came continues for ever', ["  if (state === 'lapsed') return NOBODY\n", '']),
  faultsIn('src/sessions/identify.ts', 'test/sessions/identify.test.ts')(
    'a waiting sign-in outlives the end of its first factor',
    ["  if (session.state === 'pending' && isOutdatedGrant(session, person)) return NOBODY\n", ''],
  ),
  faultsIn('src/sessions/identify.ts', 'test/sessions/identify.test.ts')("a closed account's session still counts", [
    "if (person?.account.status !== 'ACTIVE') return NOBODY",
    'if (!person) return NOBODY',
  ]),
  faultsIn(
    'src/sessions/refresh-session.ts',
    OLD,
    'test/attacks/r075-refresh-tokens.test.ts',
  )("a refresh token's ancestor counts as a guess", [
    "inLine === 'unknown' && isAncestor(",
    "inLine === 'lapsed' && isAncestor(",
  ]),
  faultsIn('src/sessions/refresh-session.ts', OLD)('a refresh token outlives the session that a step-up replaced', [
    "  return ofSession === 'reused' ? 'reused' : 'unknown'\n",
    '  return state\n',
  ]),
  room('one sign-in too many may wait', ['deps.maxPendingSessions + 1)', 'deps.maxPendingSessions)']),
  room('any number of sign-ins may wait', [
    'inOrder.slice(0, Math.max(0, pending.length - deps.maxPendingSessions + 1))',
    'inOrder.slice(0, Math.min(0, pending.length - deps.maxPendingSessions + 1))',
  ]),
  room('an attacker elsewhere pushes out the sign-in that the owner has under way', [
    '(address === newcomer.address ? 0 : 1)',
    '(address === newcomer.address ? 1 : 0)',
  ]),
  room('an attacker next door pushes out what waits on a device of the owner', [
    'deviceRank(session) <= deviceRank(newcomer)',
    'deviceRank(newcomer) <= 2',
  ]),
  room('any number of sessions may be active', [
    'inOrder.slice(0, Math.max(0, active.length - deps.maxSessions + 1))',
    'inOrder.slice(0, Math.min(0, active.length - deps.maxSessions + 1))',
  ]),
  room('the session in use is removed before one that was unused for weeks', [
    'rankOf(a) - rankOf(b) || byLastSeen(a, b)',
    'rankOf(a) - rankOf(b) || byLastSeen(b, a)',
  ]),
  room('a session with one factor is removed after one with two', [
    'rankOf(a) - rankOf(b) || byLastSeen(a, b)',
    'rankOf(b) - rankOf(a) || byLastSeen(a, b)',
  ]),
  context('a token for one operation serves another', [
    'open.filter(({ context }) => sameKind(context, kind)),',
    'open.filter(({ context }) => sameEffect(context, kind) || sameKind(context, kind)),',
  ]),
  context('an equal operation gets a token that is about to expire', [
    'secondsBetween(now, context.expiresAt) < mfaTokenSeconds / 2',
    'secondsBetween(now, context.expiresAt) < 0',
  ]),
  faultsIn(
    'src/sessions/step-up-context.ts',
    'test/attacks/r123-pending-grants.test.ts',
    TOKENS,
  )('an mfaToken outlives its grant', [
    'if (!context || isOutdatedGrant(context, person)) return',
    'if (!context) return',
  ]),
  context('a step-up is opened although a challenge uses the context to drop', [
    '  const stored = room.drop.length > 0 && (await deps.sessions.openStepUp({ ...opened, drop: [] }))\n  return stored ? stepUp : null',
    '  return null',
  ]),
  contextRoom('the token that a dialog uses is dropped', [
    'usedUntil !== undefined && usedUntil > now',
    'usedUntil !== undefined && usedUntil < now',
  ]),
  contextRoom('the newest token is dropped first', [
    'a.context.expiresAt.getTime() - b.context.expiresAt.getTime()',
    'b.context.expiresAt.getTime() - a.context.expiresAt.getTime()',
  ]),
  contextRoom('a session may have any number of step-ups', ['if (excess <= 0)', 'if (excess <= 100)']),
  contextRoom('a token for an old set of factors is handed out again', [
    'return a.length === b.length && a.every((id) => b.includes(id))',
    'return a.length >= b.length || a.every((id) => b.includes(id))',
  ]),
  contextRoom('a token from before trust was revoked is handed out again', [
    '  if ((one.grantRevision ?? null) !== (other.grantRevision ?? null)) return false\n',
    '',
  ]),
  retired('a session is retired before its successor is presented', [
    '    .filter(({ id }) => successorsOf(sessions, id).some(isPresented))\n',
    '',
  ]),
  line('a retired session works again when its successor is gone', [
    "  if (session.isRetired && presented.length === 0) return 'lapsed'\n",
    '',
  ]),
  room('a replaced session outlives the successor that was presented', [
    'presented.length > 0 ? presented : successors',
    'successors',
  ]),
  forms('a session whose text cannot be read stays open', ['    ...(isReadable ? {} : { endsAt: NEVER }),\n', '']),
  forms('a retired session may be finished by any factor', ['isRetired ? [] : admits === null', 'admits === null']),
]
