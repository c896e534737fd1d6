import { ECDH } from 'node:crypto'

/** The key of a passkey, and what is known about it. */
export interface PasskeyKey {
  /** COSE, as base64url. */
  readonly publicKey: string
  /** Whether it may be backed up elsewhere, such as in a cloud (the BE flag). */
  readonly backupEligible: boolean
  /** The model of the authenticator, all zeros when undisclosed. */
  readonly aaguid: string
}

// COSE (RFC 9053 2.1): EC2, ES256, P-256, x, y. Most keys are of this kind.
const BEFORE_X = Buffer.from('a5010203262001215820', 'hex')
const BEFORE_Y = Buffer.from('225820', 'hex')
const COORDINATE_BYTES = 32
const P256_BYTES = BEFORE_X.length + BEFORE_Y.length + 2 * COORDINATE_BYTES
const CURVE = 'prime256v1'
const UNCOMPRESSED = Buffer.from([4])

const UNDISCLOSED = '00000000-0000-0000-0000-000000000000'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const WRITTEN = /^([ek])([A-Za-z0-9_-]*)\.([^.]*)\.([01])$/

/** A passkey as short text, without the credential id, which its seal is bound to. */
export function writePasskey({ publicKey, aaguid, backupEligible }: PasskeyKey): string {
  const point = pointOf(publicKey)
  const key = point === null ? `k${publicKey}` : `e${point}`
  return `${key}.${writeModel(aaguid)}.${backupEligible ? 1 : 0}`
}

/** Null for any other text. */
export function readPasskey(text: string): PasskeyKey | null {
  const [, kind, key = '', model = '', backedUp] = WRITTEN.exec(text) ?? []
  const publicKey = kind === 'e' ? fromPoint(key) : key
  if (kind === undefined || publicKey === null) return null
  return {
    publicKey,
    aaguid: readModel(model),
    backupEligible: backedUp === '1',
  }
}

/** The compressed point of a key on P-256 (SEC 1, 2.3.3); null for every other key, and every other spelling of one. */
function pointOf(publicKey: string): string | null {
  const bytes = Buffer.from(publicKey, 'base64url')
  if (bytes.length !== P256_BYTES) return null
  const x = bytes.subarray(BEFORE_X.length, BEFORE_X.length + COORDINATE_BYTES)
  const y = bytes.subarray(-COORDINATE_BYTES)
  const point = converted(Buffer.concat([UNCOMPRESSED, x, y]), 'compressed')?.toString('base64url') ?? null
  return point !== null && fromPoint(point) === publicKey ? point : null
}

/** Null if it is no point of the curve. */
function fromPoint(point: string): string | null {
  const bytes = converted(Buffer.from(point, 'base64url'), 'uncompressed')
  if (!bytes) return null
  const x = bytes.subarray(UNCOMPRESSED.length, UNCOMPRESSED.length + COORDINATE_BYTES)
  return Buffer.concat([BEFORE_X, x, BEFORE_Y, bytes.subarray(-COORDINATE_BYTES)]).toString('base64url')
}

function converted(point: Buffer, form: 'compressed' | 'uncompressed'): Buffer | null {
  try {
    const bytes = ECDH.convertKey(point, CURVE, undefined, undefined, form)
    return typeof bytes === 'string' ? null : bytes
  } catch {
    // OpenSSL only says no to what is no point.
    return null
  }
}

function writeModel(aaguid: string): string {
  if (aaguid === UNDISCLOSED) return '0'
  return UUID.test(aaguid) ? Buffer.from(aaguid.replaceAll('-', ''), 'hex').toString('base64url') : aaguid
}

function readModel(text: string): string {
  if (text === '0') return UNDISCLOSED
  if (text.length !== 22) return text
  const hex = Buffer.from(text, 'base64url').toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
