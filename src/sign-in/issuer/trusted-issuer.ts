import { z } from 'zod'

/** Only asymmetric signatures: a key that verifies must never be able to sign (R071). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether keys may be fetched from this address: over TLS, or from this machine. */
export function isSafeToFetch(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
}

const fetchable = z.string().max(2048).refine(isSafeToFetch, 'must be an https address, or http on loopback')

const issuerShape = z.strictObject({
  /** `iss`, compared exactly; without `jwksUri` it also locates the discovery document. */
  issuer: fetchable,
  /** `aud`: the issuer's name for this gateway, or for the application whose tokens are accepted. */
  audience: z.string().min(1).max(255),
  /** Where its keys are; left out: the discovery document says. */
  jwksUri: fetchable.optional(),
  /** The claim that identifies the person permanently. */
  subjectClaim: z.string().min(1).max(64).default('sub'),
  /** The claim with the address for notices. */
  emailClaim: z.string().min(1).max(64).default('email'),
  algorithms: z.array(z.enum(ALGORITHMS)).min(1).default(['RS256', 'ES256', 'EdDSA']),
  /** Maximum age of a token. */
  maxAgeSeconds: z.int().min(30).max(86_400).default(600),
})

/** Another login whose tokens may begin a session. */
export type TrustedIssuer = Readonly<z.infer<typeof issuerShape>>

const MOST_ISSUERS = 100

const issuersShape = z
  .array(issuerShape)
  .max(MOST_ISSUERS)
  .refine((issuers) => new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length, 'names an issuer twice')

export type TrustedIssuersReading =
  | { readonly kind: 'issuers'; readonly issuers: readonly TrustedIssuer[] }
  | { readonly kind: 'mistake'; readonly says: string }

/** Reads the JSON of `STEPGATE_TRUSTED_ISSUERS`; an error says where the mistake is. */
export function readTrustedIssuers(text: string): TrustedIssuersReading {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'mistake', says: 'names a file that is no JSON' }
  }
  const read = issuersShape.safeParse(json)
  if (read.success) return { kind: 'issuers', issuers: read.data }
  const [issue] = read.error.issues
  const where = issue?.path.map(String).join('.') ?? ''
  return {
    kind: 'mistake',
    says: `names a file that is wrong${where === '' ? '' : ` at ${where}`}: ${issue?.message ?? ''}`,
  }
}
