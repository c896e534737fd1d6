import { SetupFault, systemErrorIn, systemReason } from '../../kernel/setup-fault.js'
import { Unavailable } from '../../kernel/unavailable.js'
import { hostsOf, withoutCredentials } from './uri-text.js'

/** What the driver's errors have. They are told apart by name, so that the embedded store does not load the driver. */
interface DriverError {
  readonly name?: unknown
  readonly message?: unknown
  readonly code?: unknown
  /** What the driver knows about the servers, when it found none to use. */
  readonly reason?: { readonly setName?: unknown; readonly servers?: ReadonlyMap<string, { readonly error?: unknown }> }
}

interface Explanation {
  readonly problem: string
  readonly remedy: string
}

const LOGIN_REFUSED: readonly unknown[] = [18, 8000]
const NOT_ALLOWED = 13
const UNUSABLE_URI =
  /^(?:MongoParseError|MongoAPIError|MongoInvalidArgumentError|MongoMissing\w+Error|URIError|TypeError)$/
const USES_TLS = /^mongodb\+srv:|[?&](?:tls|ssl)=true/i
const CHECK_HOST = 'Check the host in MONGODB_URI, and that MongoDB runs there'
const CHECK_TLS = 'Check `tls` and `tlsCAFile` in MONGODB_URI'

/** Why MongoDB cannot be used at the start, and what to do; the error itself where it is no error of the driver. */
export function explainMongoFailure(error: unknown, uri: string): unknown {
  const cause = (error instanceof Unavailable ? error.cause : error) as DriverError | null | undefined
  const hosts = hostsOf(uri)
  const server = hosts === null ? 'MongoDB' : `MongoDB at ${hosts}`
  const explanation = cause ? explain(cause, server, uri) : silent(server)
  return explanation ? new SetupFault(explanation.problem, explanation.remedy, { cause: error }) : error
}

function explain(cause: DriverError, server: string, uri: string): Explanation | null {
  const says = withoutCredentials(String(cause.message), uri)
  if (LOGIN_REFUSED.includes(cause.code)) {
    const remedy = 'Check user, password and `authSource` in MONGODB_URI'
    return { problem: `${server} refused the login: ${says}`, remedy }
  }
  if (cause.code === NOT_ALLOWED) {
    const problem = `${server} does not allow the user of MONGODB_URI to prepare the database`
    return { problem, remedy: 'Give the user the role `readWrite` on it' }
  }
  if (cause.reason?.servers) return explainServers(cause.reason, server, uri)
  const fault = systemErrorIn(cause)
  if (fault?.path) {
    const problem = `MONGODB_URI names ${fault.path}: ${systemReason(fault)}`
    return { problem, remedy: 'Correct the path' }
  }
  if (fault) return { problem: `${server} cannot be reached: ${systemReason(fault)}`, remedy: CHECK_HOST }
  if (UNUSABLE_URI.test(String(cause.name))) {
    return {
      problem: `MONGODB_URI cannot be used: ${says}`,
      remedy: 'Check its options, and encode special characters',
    }
  }
  if (!/^Mongo/.test(String(cause.name))) return null
  return { problem: `${server} cannot be used: ${says}`, remedy: 'Check MONGODB_URI and the log of MongoDB' }
}

/** The driver found no server it can use. */
function explainServers(reason: NonNullable<DriverError['reason']>, server: string, uri: string): Explanation {
  const seen = [...(reason.servers?.values() ?? [])]
  if (seen.length === 0 && typeof reason.setName === 'string') {
    const problem = `${server} is not in the replica set ${reason.setName}`
    return { problem, remedy: 'Check `replicaSet` in MONGODB_URI' }
  }
  const first = seen.find(({ error }) => error)?.error
  if (!first) return silent(server)
  const fault = systemErrorIn(first)
  if (fault) return { problem: `${server} cannot be reached: ${systemReason(fault)}`, remedy: CHECK_HOST }
  const says = withoutCredentials(String((first as DriverError).message), uri)
  if (USES_TLS.test(uri)) return { problem: `${server} cannot be reached over TLS: ${says}`, remedy: CHECK_TLS }
  return { problem: `${server} cannot be used: ${says}`, remedy: CHECK_HOST }
}

const silent = (server: string): Explanation => ({
  problem: `${server} does not answer`,
  remedy: 'Check host and port in MONGODB_URI, the firewall, and whether MongoDB expects TLS (`tls=true`)',
})
