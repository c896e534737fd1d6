import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { encode } from 'cbor2'

/** What an authenticator and a browser send; every part can be altered. */
export interface Says {
  readonly type?: string
  readonly challenge?: string
  readonly origin?: string
  readonly crossOrigin?: boolean
  readonly topOrigin?: string
  readonly rpId?: string
  readonly up?: boolean
  readonly uv?: boolean
  readonly be?: boolean
  readonly bs?: boolean
  readonly signCount?: number
  /** Bytes after the authenticator data, without the flag that announces them. */
  readonly trailing?: Uint8Array
  readonly extensions?: ReadonlyMap<string, unknown>
}

export interface SaysOfNew extends Says {
  readonly credentialId?: Uint8Array
  /** COSE algorithm that the key claims. */
  readonly alg?: number
  /** The COSE key in place of its own: as a map, or as raw bytes. */
  readonly publicKey?: ReadonlyMap<unknown, unknown> | Uint8Array
  readonly attestation?: (signed: Buffer) => { readonly fmt: string; readonly attStmt: ReadonlyMap<string, unknown> }
}

export interface SaysOfKnown extends Says {
  readonly id?: string
  /** Null leaves it out. */
  readonly userHandle?: string | null
  readonly signature?: (right: Buffer) => Buffer
  /** Signs with another authenticator's key. */
  readonly signedBy?: KeyObject
}

interface CreationOptions {
  readonly challenge: string
  readonly rp: { readonly id: string }
  readonly user: { readonly id: string }
}

interface RequestOptions {
  readonly challenge: string
  readonly rpId: string
}

/** A passkey in software: produces what a browser would. */
export interface SoftPasskey {
  readonly id: string
  readonly privateKey: KeyObject
  userHandle: string
  signCount: number
  /** The answer to `navigator.credentials.create`, as JSON text. */
  create(options: object, says?: SaysOfNew): string
  /** The answer to `navigator.credentials.get`, as JSON text. */
  get(options: object, says?: SaysOfKnown): string
}

export interface SoftPasskeySettings {
  readonly origin: string
  readonly kind?: 'ES256' | 'EdDSA' | 'RS256'
  readonly backupEligible?: boolean
  /** Without one it always sends 0. */
  readonly hasCounter?: boolean
}

const UP = 0x01
const UV = 0x04
const BE = 0x08
const BS = 0x10
const AT = 0x40
const ED = 0x80
const ALG = { ES256: -7, EdDSA: -8, RS256: -257 } as const

export function softPasskey(settings: SoftPasskeySettings): SoftPasskey {
  const { origin, kind = 'ES256', backupEligible = false, hasCounter = true } = settings
  const { privateKey, publicKey } = newKeyPair(kind)
  const credentialId = randomBytes(32)

  const authenticatorData = (rpId: string, says: Says, attested: Uint8Array | null): Buffer => {
    const { up = true, uv = true, be = backupEligible, bs = backupEligible, signCount, extensions } = says
    const flags =
      (up ? UP : 0) | (uv ? UV : 0) | (be ? BE : 0) | (bs ? BS : 0) | (attested ? AT : 0) | (extensions ? ED : 0)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(signCount ?? passkey.signCount)
    return Buffer.concat([
      sha256(says.rpId ?? rpId),
      Buffer.of(flags),
      counter,
      attested ?? Buffer.of(),
      extensions ? encode(extensions) : Buffer.of(),
      says.trailing ?? Buffer.of(),
    ])
  }
  const clientData = (type: string, challenge: string, says: Says): Buffer => {
    const { crossOrigin = false, topOrigin } = says
    const said = { type: says.type ?? type, challenge: says.challenge ?? challenge, origin: says.origin ?? origin }
    return Buffer.from(JSON.stringify({ ...said, crossOrigin, ...(topOrigin === undefined ? {} : { topOrigin }) }))
  }
  const credential = (id: string, response: object) =>
    JSON.stringify({ id, rawId: id, type: 'public-key', response, clientExtensionResults: {} })

  const passkey: SoftPasskey = {
    id: credentialId.toString('base64url'),
    privateKey,
    userHandle: '',
    signCount: 0,
    create: (options, says = {}) => {
      const { challenge, rp, user } = options as CreationOptions
      passkey.userHandle = user.id
      const id = says.credentialId ?? credentialId
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const cose =
        says.publicKey instanceof Uint8Array
          ? says.publicKey
          : encode(says.publicKey ?? coseKey(publicKey, says.alg ?? ALG[kind]))
      const authData = authenticatorData(rp.id, says, Buffer.concat([Buffer.alloc(16), length, id, cose]))
      const clientDataJSON = clientData('webauthn.create', challenge, says)
      const { fmt, attStmt } = says.attestation?.(Buffer.concat([authData, sha256(clientDataJSON)])) ?? NONE
      const attestationObject = encode(
        new Map<string, unknown>([
          ['fmt', fmt],
          ['attStmt', attStmt],
          ['authData', new Uint8Array(authData)],
        ]),
      )
      return credential(Buffer.from(id).toString('base64url'), {
        clientDataJSON: clientDataJSON.toString('base64url'),
        attestationObject: Buffer.from(attestationObject).toString('base64url'),
        transports: ['internal'],
      })
    },
    get: (options, says = {}) => {
      const { challenge, rpId } = options as RequestOptions
      if (hasCounter) passkey.signCount += 1
      const authData = authenticatorData(rpId, says, null)
      const clientDataJSON = clientData('webauthn.get', challenge, says)
      const signed = Buffer.concat([authData, sha256(clientDataJSON)])
      const right = signWith(says.signedBy ?? privateKey, signed)
      const { userHandle = passkey.userHandle } = says
      return credential(says.id ?? passkey.id, {
        clientDataJSON: clientDataJSON.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: (says.signature?.(right) ?? right).toString('base64url'),
        ...(userHandle === null ? {} : { userHandle }),
      })
    },
  }
  return passkey
}

const NONE = { fmt: 'none', attStmt: new Map<string, unknown>() }

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()

export const signWith = (key: KeyObject, data: Buffer): Buffer =>
  sign(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', data, key)

function newKeyPair(kind: 'ES256' | 'EdDSA' | 'RS256') {
  switch (kind) {
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    case 'EdDSA':
      return generateKeyPairSync('ed25519')
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: 2048 })
  }
}

/** COSE_Key (RFC 9053), by the members of the key's JWK. */
function coseKey(publicKey: KeyObject, alg: number): ReadonlyMap<number, unknown> {
  const { kty, x = '', y = '', n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
  if (kty === 'OKP')
    return new Map<number, unknown>([
      [1, 1],
      [3, alg],
      [-1, 6],
      [-2, bytes(x)],
    ])
  if (kty === 'RSA')
    return new Map<number, unknown>([
      [1, 3],
      [3, alg],
      [-1, bytes(n)],
      [-2, bytes(e)],
    ])
  return new Map<number, unknown>([
    [1, 2],
    [3, alg],
    [-1, 1],
    [-2, bytes(x)],
    [-3, bytes(y)],
  ])
}
