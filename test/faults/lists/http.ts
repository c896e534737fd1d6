import type { Fault } from '../fault.js'

const ORIGIN = ['test/http/cross-origin.test.ts'] as const
const ANSWERS = ['test/http/answers.test.ts'] as const
const CREDENTIALS = ['test/http/credentials.test.ts'] as const

export const HTTP_FAULTS: readonly Fault[] = [
  {
    name: 'every origin may call with cookies',
    file: 'src/http/origin-check.ts',
    find: '    if (!allowed.has(origin)) return FOREIGN\n',
    replace: '',
    suites: ORIGIN,
  },
  {
    name: 'a browser that hides its origin may call',
    file: 'src/http/origin-check.ts',
    find: 'if (origin === undefined) return comesFromElsewhere(req) ? FOREIGN : null',
    replace: 'if (origin === undefined) return null',
    suites: ORIGIN,
  },
  {
    name: 'a GET of another site carries the session',
    file: 'src/http/cookies.ts',
    find: "return header === undefined || req.method !== 'POST' ? {} : parseCookie(header, AS_SENT)",
    replace: 'return header === undefined ? {} : parseCookie(header, AS_SENT)',
    suites: ['test/http/cookies.test.ts'],
  },
  {
    name: 'scripts read the session cookie',
    file: 'src/http/cookies.ts',
    find: '        httpOnly: true,\n',
    replace: '        httpOnly: false,\n',
    suites: ['test/attacks/r079-cookies.test.ts', ...CREDENTIALS],
  },
  {
    name: 'the session cookie goes to other sites',
    file: 'src/http/cookies.ts',
    find: "sameSite: 'lax'",
    replace: "sameSite: 'none'",
    suites: ['test/attacks/r079-cookies.test.ts', ...CREDENTIALS],
  },
  {
    name: 'a client can claim its own address',
    file: 'src/http/client-address.ts',
    find: 'if (before === null || !trusts(nearest, hop)) return nearest',
    replace: 'if (before === null) return nearest',
    suites: ['test/attacks/r061-sign-in-limits.test.ts', 'test/http/client-address.test.ts'],
  },
  {
    name: 'a client behind a proxy that writes ports counts as the proxy',
    file: 'src/http/forwarded-hops.ts',
    find: 'V4_WITH_PORT.exec(text)?.[1] ?? text',
    replace: 'text',
    suites: ['test/http/client-address.test.ts'],
  },
  {
    name: 'the client sees what was thrown',
    file: 'src/http/mask-error.ts',
    find: 'return { code, message, sentences: [{ id }],',
    replace: 'return { code, message: String(fault ?? message), sentences: [],',
    suites: ANSWERS,
  },
  {
    name: 'a mutation is sent by GET',
    file: 'src/http/document-gate.ts',
    find: "req.method === 'GET' && operation.operation !== 'query'",
    replace: "req.method === 'GET' && operation.selectionSet.selections.length === 0",
    suites: [...ANSWERS, ...ORIGIN, 'test/http/bodies.test.ts'],
  },
  {
    name: 'a token client receives cookies',
    file: 'src/http/credential-jar.ts',
    find: "if (presented.keeps === 'tokens' || req.method !== 'POST') return",
    replace: "if (req.method !== 'POST') return",
    suites: CREDENTIALS,
  },
]
