import { z } from 'zod'

/** Signatures by key pairs alone: a key that verifies must never be one that signs (R071). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether keys may be fetched from there: over TLS, or from this machine. */
export function isSafeToFetch(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
}

const fetchable = z.string().max(2048).refine(isSafeToFetch, 'must be an https address, or http on loopback')

const issuerShape = z.strictObject({
  /** `iss`, letter by letter; without `jwksUri` also where its discovery document is. */
  issuer: fetchable,
  /** `aud`: what the issuer calls this gateway, or the application whose tokens are taken. */
  audience: z.string().min(1).max(255),
  /** Where its keys are; left out: where its discovery document says. */
  jwksUri: fetchable.optional(),
  /** The claim that names the person for good. */
  subjectClaim: z.string().min(1).max(64).default('sub'),
  /** The claim that says where notices go. */
  emailClaim: z.string().min(1).max(64).default('email'),
  algorithms: z.array(z.enum(ALGORITHMS)).min(1).default(['RS256', 'ES256', 'EdDSA']),
  /** How old a token may be. */
  maxAgeSeconds: z.int().min(30).max(86_400).default(600),
})

/** Somebody else whose tokens may begin a session. */
export type TrustedIssuer = Readonly<z.infer<typeof issuerShape>>

const MOST_ISSUERS = 100

const issuersShape = z
  .array(issuerShape)
  .max(MOST_ISSUERS)
  .refine((issuers) => new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length, 'names an issuer twice')

export type TrustedIssuersReading =
  | { readonly kind: 'issuers'; readonly issuers: readonly TrustedIssuer[] }
  | { readonly kind: 'mistake'; readonly says: string }

/** Reads the JSON of `STEPGATE_TRUSTED_ISSUERS`; a mistake says where it is. */
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
