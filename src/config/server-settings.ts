import {
  headerName,
  integer,
  list,
  mongodbUri,
  oneOf,
  onOff,
  optional,
  originList,
  proxy,
  text,
  url,
} from './parsers.js'
import type { SettingSections } from './setting.js'

/** Where the gateway listens, who may connect, and how much a client may send. */
export const SERVER_SETTINGS = {
  process: {
    environment: {
      env: 'NODE_ENV',
      parser: oneOf('production', 'development', 'test'),
      default: 'development',
      meaning: 'In `production`, unsafe settings stop the start, and sandbox, introspection and outbox are off.',
    },
    logLevel: {
      env: 'STEPGATE_LOG_LEVEL',
      parser: oneOf('debug', 'info', 'warn', 'error', 'silent'),
      default: 'info',
      meaning: 'The least important log line to write.',
    },
  },
  server: {
    host: {
      env: 'HOST',
      parser: text,
      default: '127.0.0.1',
      meaning: 'The address to listen on.',
    },
    port: {
      env: 'PORT',
      parser: integer(0, 65_535),
      default: '4000',
      meaning: 'The port to listen on; 0 takes any free one.',
    },
    publicUrl: {
      env: 'STEPGATE_PUBLIC_URL',
      parser: optional(url('http:', 'https:')),
      default: '',
      defaultNote: '`http://localhost:<PORT>`',
      meaning: 'The origin that browsers see. Must be https in production; plain http only works on loopback.',
    },
    allowedOrigins: {
      env: 'STEPGATE_ALLOWED_ORIGINS',
      parser: originList,
      default: '',
      defaultNote: 'the public URL; on loopback also its other names',
      meaning:
        'Origins whose pages can call the API, separated by commas and compared exactly, such as ' +
        '`https://app.example.com`, `capacitor://localhost` or `chrome-extension://<id>`. The public URL always can.',
    },
    allowedHeaders: {
      env: 'STEPGATE_ALLOWED_HEADERS',
      parser: list(headerName),
      default: '',
      meaning:
        'Further request headers that pages of allowed origins may send, separated by commas, such as those of your ' +
        'tracing. Those of the gateway, Apollo Client, W3C Trace Context and Sentry are always allowed.',
    },
    trustedProxies: {
      env: 'STEPGATE_TRUSTED_PROXIES',
      parser: list(proxy),
      default: '',
      meaning:
        'Proxies whose forwarding header and `X-Request-Id` are trusted: addresses, networks, `loopback`, `linklocal` ' +
        'or `uniquelocal`.',
    },
    forwardingHeaders: {
      env: 'STEPGATE_FORWARDING_HEADERS',
      parser: list(headerName),
      default: 'x-forwarded-for,forwarded',
      meaning:
        'Headers in which trusted proxies name the client, with ports, quotes or `for=` as they write them. The first one ' +
        'that a request has counts. List only headers that your proxies set or remove.',
    },
    introspection: {
      env: 'STEPGATE_INTROSPECTION',
      parser: optional(onOff),
      default: '',
      defaultNote: 'on outside production',
      meaning: 'Whether introspection is allowed and the sandbox is served. Cannot be on in production.',
    },
    requestTimeoutSeconds: {
      env: 'STEPGATE_REQUEST_TIMEOUT',
      parser: integer(1, 600),
      default: '30',
      unit: 'seconds',
      meaning: 'How long a client may take to send a request.',
    },
    headersTimeoutSeconds: {
      env: 'STEPGATE_HEADERS_TIMEOUT',
      parser: integer(1, 600),
      default: '10',
      unit: 'seconds',
      meaning: 'How long a client may take to send the headers of a request.',
    },
    keepAliveSeconds: {
      env: 'STEPGATE_KEEP_ALIVE',
      parser: integer(1, 600),
      default: '65',
      unit: 'seconds',
      meaning: 'How long an idle connection is kept. Set it longer than the proxy in front keeps it.',
    },
    drainSeconds: {
      env: 'STEPGATE_DRAIN_TIMEOUT',
      parser: integer(0, 600),
      default: '20',
      unit: 'seconds',
      meaning: 'How long running requests may take to finish when the gateway stops.',
    },
  },
  store: {
    mongodbUri: {
      env: 'MONGODB_URI',
      secret: true,
      parser: optional(mongodbUri),
      default: '',
      defaultNote: 'none: the embedded store',
      meaning: 'The MongoDB to use. Without it, one process stores files in the data directory.',
    },
    dataDirectory: {
      env: 'STEPGATE_DATA_DIR',
      parser: text,
      default: './.stepgate',
      meaning: 'The folder of the embedded store and the generated keys.',
    },
    durable: {
      env: 'STEPGATE_STORE_DURABLE',
      parser: onOff,
      default: 'on',
      meaning:
        'Whether the embedded store answers a write only once it is on the disk. Off, a write survives the end of the process, and a power cut may undo the last ones.',
    },
    patienceMilliseconds: {
      env: 'STEPGATE_STORE_PATIENCE',
      parser: integer(100, 30_000),
      default: '1800',
      unit: 'milliseconds',
      meaning: 'How long MongoDB may take to answer a command before the gateway returns `UNAVAILABLE`.',
    },
    sharded: {
      env: 'STEPGATE_STORE_SHARDED',
      parser: onOff,
      default: 'off',
      meaning:
        'Whether accounts are found by their names instead of an index, as they must be once `accounts` is sharded. Read docs/scaling.md before you turn it on.',
    },
    keptCallers: {
      env: 'STEPGATE_KEPT_CALLERS',
      parser: integer(0, 100_000),
      default: '5000',
      meaning:
        'Callers that a process keeps in memory, each of about 5 kB. A request then asks the store only whether its caller ' +
        'has changed. 0: each request reads its caller.',
    },
  },
  clock: {
    maxSkewSeconds: {
      env: 'STEPGATE_MAX_CLOCK_SKEW',
      parser: integer(0, 3_600),
      default: '2',
      unit: 'seconds',
      meaning:
        'How far the clock of the gateway may be from that of MongoDB before the log, `/readyz` and the audit log say so. ' +
        '0: they are not compared.',
    },
    checkSeconds: {
      env: 'STEPGATE_CLOCK_CHECK',
      parser: integer(1, 86_400),
      default: '300',
      unit: 'seconds',
      meaning: 'How often they are compared.',
    },
  },
  documents: {
    maxBodyBytes: {
      env: 'STEPGATE_MAX_BODY_BYTES',
      parser: integer(1_000, 10_000_000),
      default: '100000',
      unit: 'bytes',
      meaning: 'The longest request body.',
    },
    maxDepth: {
      env: 'STEPGATE_MAX_DEPTH',
      parser: integer(2, 100),
      default: '10',
      unit: 'levels',
      meaning: 'How deep a document may nest. A field, an inline fragment and a spread are one level each.',
    },
    maxAliases: {
      env: 'STEPGATE_MAX_ALIASES',
      parser: integer(0, 1_000),
      default: '15',
      meaning: 'Aliases and repeated fields of a document, including those in fragments.',
    },
    maxRootFields: {
      env: 'STEPGATE_MAX_ROOT_FIELDS',
      parser: integer(1, 1_000),
      default: '20',
      meaning: 'Root fields of one operation.',
    },
    maxDirectives: {
      env: 'STEPGATE_MAX_DIRECTIVES',
      parser: integer(0, 1_000),
      default: '10',
      meaning: 'Directives of one operation, including those in fragments.',
    },
    maxTokens: {
      env: 'STEPGATE_MAX_TOKENS',
      parser: integer(50, 100_000),
      default: '1000',
      unit: 'tokens',
      meaning: 'The length of a document in tokens.',
    },
    maxCost: {
      env: 'STEPGATE_MAX_COST',
      parser: integer(100, 10_000_000),
      default: '20000',
      unit: 'fields',
      meaning:
        'Fields that an operation may return. A list counts `first` times, 100 times for a variable, and 10 times ' +
        'without `first`.',
    },
  },
} as const satisfies SettingSections
