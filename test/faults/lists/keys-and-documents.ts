import { faultsIn } from './faults-in.js'

const SOUND = 'test/kernel/sound-key.test.ts'
const KEYS = 'test/attacks/r141-degenerate-keys.test.ts'
const SPELLING = 'test/attacks/r142-one-spelling.test.ts'
const GATE = 'test/attacks/r150-one-gate-for-documents.test.ts'
const LIMITS = 'test/http/document-limits.test.ts'
const REPEATED = 'test/attacks/r152-repeated-refusals.test.ts'
const AWAY = 'test/attacks/r153-clients-that-go-away.test.ts'

const key = faultsIn('src/kernel/sound-key.ts', SOUND, KEYS)
const size = faultsIn('src/policy/document-size.ts', 'test/policy/document-size.test.ts')
const reader = faultsIn('src/policy/document-reader.ts', GATE, 'test/attacks/r155-one-authentication.test.ts', LIMITS)
const policy = faultsIn('src/policy/policy.ts', GATE, 'test/policy/preview.test.ts', 'test/policy/policy.test.ts')
const refusals = faultsIn('src/audit/refusal-log.ts', REPEATED)
const repeats = faultsIn('src/audit/repeats.ts', 'test/audit/repeats.test.ts', REPEATED)
const body = faultsIn('src/http/read-body.ts', 'test/http/read-body.test.ts', AWAY, 'test/http/bodies.test.ts')

/** Input from outside: keys, documents, repeated refusals, and broken connections. */
export const INPUT_FAULTS = [
  key('a point beside the curve is a key', ['  } catch {\n    return false\n  }', '  } catch {\n    return true\n  }']),
  key('a point of small order is a key', [
    'if (y >= P || SMALL_ORDER.has(y)) return false',
    'if (y >= P) return false',
  ]),
  key('a coordinate has two spellings', ['if (y >= P || SMALL_ORDER', 'if (SMALL_ORDER']),
  key('bytes that are not a point of Ed25519 are a key', [
    'return powerModP(u * v, (P - 1n) / 2n) === 1n',
    'return powerModP(u * v, (P - 1n) / 2n) !== 0n',
  ]),
  key('an exponent of three is a key', ['e < MIN_EXPONENT || e >', 'e < 3n || e >']),
  key('an even exponent is a key', [' || e % 2n === 0n) return false', ') return false']),
  key('a short modulus is a key', ['n.toString(2).length < MIN_RSA_BITS || ', '']),
  key('a modulus of any length is read', ['modulus.length * 8 > MAX_RSA_BITS || ', '']),
  key('a modulus with small factors is a key', [
    'return greatestCommonDivisor(n, SMALL_PRIMES) === 1n && !mayBePrime(n)',
    'return !mayBePrime(n)',
  ]),
  key('a prime modulus is a key', [' === 1n && !mayBePrime(n)', ' === 1n']),
  key('a key of another curve is accepted', ["jwk.crv === 'Ed25519' && isEd25519Point", 'isEd25519Point']),
  key('a compressed point is a key', ['bytes?.length !== 65 || bytes[0] !== 4', 'bytes?.length !== 65']),
  faultsIn(
    'src/kernel/base64url.ts',
    SOUND,
    SPELLING,
  )('a token has several spellings', [
    "return bytes.toString('base64url') === text ? bytes : null",
    'return bytes.length > 0 || text.length === 0 ? bytes : null',
  ]),
  size('a spread costs no level', [
    'tally.depth = Math.max(tally.depth, 1 + more.depth)',
    'tally.depth = Math.max(tally.depth, more.depth)',
  ]),
  size('an unused fragment is not measured', [
    'return node.kind === Kind.FRAGMENT_DEFINITION ? [measureFragment(node)] : []',
    'return []',
  ]),
  size('aliases behind a fragment are free', ['  tally.aliases += more.aliases\n', '']),
  size('root fields behind a fragment are free', ['  tally.rootFields += more.rootFields\n', '']),
  size('the cost behind a fragment is free', ['  tally.cost += more.cost\n', '']),
  size('directives below a field are free', ['    tally.directives += below.directives\n', '']),
  size('attempts behind a fragment are not counted', ['  tally.authentications += more.authentications\n', '']),
  size('a field asked for twice counts once', ['(node.alias || names.has(key) ? 1 : 0)', '(node.alias ? 1 : 0)']),
  size('an endless document is measured to its end', [
    '    if (place.level > maxDepth) return { ...emptyTally(), depth: Infinity }\n',
    '',
  ]),
  size('a long list costs as much as a short one', [
    'lengthOf(field, node, place) * (1 + below.cost)',
    '1 + below.cost',
  ]),
  reader('two attempts are made in one request', ['    size.authentications > 1 ||\n', '']),
  reader('a document may be as deep as it likes', ['    size.depth > limits.maxDepth ||\n', '']),
  reader('a document may have any number of aliases', ['    size.aliases > limits.maxAliases ||\n', '']),
  reader('a document may have any number of directives', ['    size.directives > limits.maxDirectives ||\n', '']),
  reader('a document may cost what it likes', [
    'size.directives > limits.maxDirectives ||\n    size.cost > limits.maxCost',
    'size.directives > limits.maxDirectives',
  ]),
  reader('only the first operation of a document is measured', [
    'if (sizes.some((size) =>',
    'if (sizes.slice(0, 1).some((size) =>',
  ]),
  reader('a document with a mistake is run', [
    "  if (errors.length > 0) return { kind: 'invalid', explain: () => explainDocument(schema, text, rules) }\n",
    '',
  ]),
  reader('previewed documents are not counted together', [
    '        left -= countTokens(',
    '        left = deps.limits.maxTokens - countTokens(',
  ]),
  policy('each previewed document is counted separately', ['    readers.set(context, read)\n', '']),
  policy('a previewed document is not checked', [
    "    if (found.kind === 'too-large') throw refuse('DOCUMENT_TOO_LARGE')\n",
    "    if (found.kind === 'too-large') throw refuse('BAD_USER_INPUT')\n",
  ]),
  policy('the grant of one operation serves the next on its connection', [
    '      context.access = null\n      const operation = plan(document, operationName)\n      if (!operation) return\n',
    '      const operation = plan(document, operationName)\n      if (!operation) return\n',
  ]),
  policy('the lock opens before the decision', [
    'if (reach.enforced.askedBy.length > 0 || reach.reported) await enforceReach(deps, context, reach)',
    'if (reach.enforced.askedBy.length > 1 || reach.reported) await enforceReach(deps, context, reach)',
  ]),
  refusals('every refusal is written', [
    '    if (entry && !isOver(entry, now)) {\n',
    '    if (entry && isOver(entry, now)) {\n',
  ]),
  refusals('a caller with ever new operations fills the audit log', [
    '>= window.count ? overflowKey(event)',
    '> 1e9 ? overflowKey(event)',
  ]),
  refusals('refusals that could not be written are lost', [
    '      Object.assign(entry, { count: entry.count + counted, first })\n',
    '',
  ]),
  refusals('the first refusal is lost when the log cannot be written', [
    '      if (fresh) count(fresh, event, now)\n',
    '',
  ]),
  refusals('a count is only written by the next refusal', [
    '[...entries.values()].filter((entry) => isOver(entry, now))',
    '[...entries.values()].filter((entry) => !isOver(entry, now))',
  ]),
  refusals('refusals are counted in memory without a limit', [
    '    if (entries.size >= MAX_ENTRIES) return null\n',
    '',
  ]),
  repeats('refusals of two callers are counted as one', [
    '[action, actor.type, actor.id, ...from,',
    '[action, actor.type, ...from,',
  ]),
  repeats('refusals of two sessions are counted as one', [
    'const from = [context?.sessionId ?? null, ',
    'const from = [',
  ]),
  repeats('a count leaves out its number', ['const counted = { repeats: count, firstAt', 'const counted = { firstAt']),
  body('a disconnected client is logged as an error', ["    req.once('close', onGone)\n", '']),
  body('a truncated body is read as complete', [
    '      if (!req.complete || req.errored) reject(new ClientGone())\n',
    '      if (!req.complete || req.errored) resolve(Buffer.concat(chunks))\n',
  ]),
  body('a body of any length is read', [
    "      req.off('data', onData)\n      req.resume()\n      resolve(null)\n",
    '      chunks.push(chunk)\n',
  ]),
  body('text that is not UTF-8 is read', [
    "new TextDecoder('utf-8', { fatal: true, ",
    "new TextDecoder('utf-8', { fatal: false, ",
  ]),
]
