/** Who may import whom. A folder that is missing here may import nothing, so it has to be added. */
const MAY_IMPORT = {
  kernel: [],
  networks: ['kernel'],
  config: ['kernel'],
  logging: ['kernel'],
  audit: ['kernel'],
  limits: ['kernel', 'networks', 'audit'],
  messages: ['kernel'],
  notices: ['kernel', 'audit', 'limits'],
  'service-keys': ['kernel', 'audit', 'limits'],
  accounts: ['kernel', 'audit'],
  operators: ['kernel', 'audit', 'accounts'],
  organizations: ['kernel', 'audit', 'accounts'],
  devices: ['kernel', 'audit'],
  risk: ['kernel', 'audit', 'networks'],
  tokens: ['kernel'],
  sessions: ['kernel', 'audit', 'limits', 'accounts', 'organizations', 'devices', 'risk', 'tokens'],
  'sign-in': [
    'kernel',
    'networks',
    'audit',
    'limits',
    'accounts',
    'organizations',
    'devices',
    'risk',
    'sessions',
    'tokens',
    'factors',
    'challenges',
    'service-keys',
  ],
  factors: ['kernel', 'audit', 'limits'],
  challenges: ['kernel', 'audit', 'limits', 'tokens', 'sessions', 'factors', 'devices'],
  policy: ['kernel'],
  'personal-data': [
    'kernel',
    'audit',
    'limits',
    'accounts',
    'organizations',
    'devices',
    'risk',
    'sessions',
    'sign-in',
    'factors',
  ],
  admin: [
    'kernel',
    'networks',
    'audit',
    'limits',
    'accounts',
    'organizations',
    'devices',
    'risk',
    'sessions',
    'factors',
    'challenges',
    'policy',
    'service-keys',
    'personal-data',
  ],
  gateway: ['kernel', 'policy'],
  http: ['kernel', 'networks', 'sessions', 'devices', 'policy'],
  delivery: ['kernel', 'networks', 'factors'],
  store: [
    'kernel',
    'audit',
    'limits',
    'accounts',
    'organizations',
    'devices',
    'risk',
    'sessions',
    'sign-in',
    'factors',
    'challenges',
    'policy',
    'notices',
    'service-keys',
    'personal-data',
    'operators',
  ],
  client: [],
  console: ['client'],
}

/** The door each library stays behind; `oneFile` where a single file may know it. */
const DOORS = [
  { library: 'graphql-shield', door: '^src/policy/shield/' },
  { library: 'graphql-middleware', door: '^src/policy/shield/' },
  { library: 'mongoose', door: '^src/store/mongo/' },
  { library: 'mongodb', door: '^src/store/mongo/' },
  { library: 'express', door: '^src/http/' },
  { library: '@apollo/server', door: '^src/http/' },
  { library: '@as-integrations/express5', door: '^src/http/' },
  { library: 'cookie', door: '^src/http/' },
  { library: 'helmet', door: '^src/http/' },
  { library: '@simplewebauthn/server', door: '^src/factors/webauthn/' },
  { library: 'otplib', door: '^src/factors/totp/' },
  { library: 'type-graphql', door: '[.]graphql[.]ts$|^src/compose/schema[.]ts$' },
  { library: 'jose', door: '^src/(?:tokens|sign-in/issuer|devices|audit/checkpoints)/' },
  { library: '@node-rs/argon2', door: '^src/accounts/', oneFile: true },
  { library: 'geoip-lite', door: '^src/networks/places/' },
  { library: 'ua-parser-js', door: '^src/kernel/user-agent[.]ts$' },
  { library: 'nodemailer', door: '^src/delivery/smtp' },
  { library: 'twilio', door: '^src/delivery/twilio' },
  { library: 'libphonenumber-js', door: '^src/factors/sms/', oneFile: true },
  { library: 'email-providers', door: '^src/organizations/', oneFile: true },
  { library: 'mustache', door: '^src/messages/', oneFile: true },
  { library: 'pino', door: '^src/logging/', oneFile: true },
]

/** The only folder that knows everyone; nobody but the files at the root knows it. */
const COMPOSITION = 'compose'
const FOLDERS = [...Object.keys(MAY_IMPORT), COMPOSITION]
const anyOf = (names) => `(?:${names.join('|')})`
const inside = (folders) => `^src/${anyOf(folders)}/`
const packageNamed = (name) => `(?:^|/)node_modules/(?:@types/)?${name}/|^${name}(?:/|$)`
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** What puts everything together: compose/, and the doors main.ts and index.ts, which nobody imports. */
const ROOT = `^src/(?:${COMPOSITION}/|(?:main|index)[.]ts$)`
const OTHER_FOLDER = '^src/(?!kernel/)[^/]+/'
const OWN_FOLDER = '^src/$1/'
const FRONT_DOOR = '^src/[^/]+/index[.]ts$'
const NESTED_DOOR = '/index[.]ts$'
const GRAPHQL_FILE = '[.]graphql[.]ts$'
const MODULE_FILE = '[.]module[.]ts$'

const folderRules = Object.entries(MAY_IMPORT).map(([folder, allowed]) =>
  forbid(
    `${folder}-imports`,
    `${folder} may import ${allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')}.`,
    { path: inside([folder]) },
    { path: '^src/', pathNot: inside([folder, ...allowed]) },
  ),
)

const doorRules = DOORS.flatMap(({ library, door, oneFile }) => [
  forbid(
    `door-${library}`,
    `${library} stays behind ${door}.`,
    { path: '^src/', pathNot: door },
    { path: packageNamed(library) },
  ),
  ...(oneFile
    ? [
        {
          name: `one-file-${library}`,
          comment: `Only one file knows ${library}.`,
          severity: 'error',
          from: { path: '^src/' },
          module: { path: packageNamed(library), numberOfDependentsMoreThan: 1 },
        },
      ]
    : []),
])

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...folderRules,
    ...doorRules,
    forbid(
      'folder-in-the-table',
      'Every folder of src stands in the table.',
      { path: `^src/(?!${anyOf(FOLDERS)}/)[^/]+/` },
      {},
    ),
    forbid(
      'only-doors-at-the-root',
      'At the root of src are folders, the command line and the public door.',
      { path: '^src/(?!(?:main|index)[.]ts$)[^/]+[.]tsx?$' },
      {},
    ),
    forbid(
      'front-door',
      'Another folder is entered through its index.ts; kernel files are imported directly.',
      { path: '^src/([^/]+)/', pathNot: ['^src/admin/', ROOT, GRAPHQL_FILE] },
      { path: OTHER_FOLDER, pathNot: [OWN_FOLDER, FRONT_DOOR] },
    ),
    forbid(
      'front-door-graphql',
      'GraphQL faces enter folders through their index.ts and may use the GraphQL types of other faces.',
      { path: '^src/([^/]+)/.*[.]graphql[.]ts$', pathNot: '^src/admin/' },
      { path: OTHER_FOLDER, pathNot: [OWN_FOLDER, FRONT_DOOR, GRAPHQL_FILE] },
    ),
    forbid(
      'front-door-admin',
      'Admin enters folders through their index.ts and may use their *.graphql.ts files.',
      { path: '^src/(admin)/' },
      { path: OTHER_FOLDER, pathNot: [OWN_FOLDER, FRONT_DOOR, GRAPHQL_FILE] },
    ),
    forbid(
      'front-door-root',
      'The composition root enters folders through an index.ts or their module.',
      { path: ROOT },
      { path: OTHER_FOLDER, pathNot: [`^src/${COMPOSITION}/`, NESTED_DOOR, MODULE_FILE] },
    ),
    forbid(
      'modules-are-composed',
      'Only compose/ lists modules.',
      { path: '^src/', pathNot: `^src/${COMPOSITION}/` },
      { path: MODULE_FILE },
    ),
    forbid(
      'doors-without-graphql',
      'Front doors never re-export decorated classes.',
      { path: '^src/.+/index[.]ts$' },
      { path: GRAPHQL_FILE },
    ),
    forbid(
      'factors-are-peers',
      'Factors never import each other.',
      { path: '^src/factors/([^/]+)/' },
      { path: '^src/factors/[^/]+/', pathNot: '^src/factors/$1/' },
    ),
    forbid('no-cycles', 'A cycle has no first file to read.', {}, { circular: true }),
    forbid(
      'no-orphans',
      'Nobody uses it and it uses nobody.',
      { orphan: true, pathNot: ['[.]d[.]ts$', '^src/http/pages/[^/]+/browser/'] },
      {},
    ),
    forbid(
      'src-without-tests',
      'The product never imports what tests it.',
      { path: '^src/' },
      { path: '^(?:test|bench|examples|scripts)/' },
    ),
    forbid(
      'no-unresolvable',
      'The import leads nowhere.',
      {},
      // The package is nothing but types, so there is no module to resolve.
      { couldNotResolve: true, pathNot: '^@graphql-typed-document-node/core$' },
    ),
    forbid(
      'only-declared-packages',
      'A package that src runs with stands in `dependencies`.',
      { path: '^src/' },
      {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
