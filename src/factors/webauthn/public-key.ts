import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import { isSoundKey, type PublicJwk } from '../../kernel/sound-key.js'

const { COSEKEYS, COSEKTY, COSECRV } = cose

/** The COSE labels of each kind of key. WebAuthn 6.5.2 requires these and no optional ones. */
const LABELS = {
  EC2: [COSEKEYS.kty, COSEKEYS.alg, COSEKEYS.crv, COSEKEYS.x, COSEKEYS.y],
  OKP: [COSEKEYS.kty, COSEKEYS.alg, COSEKEYS.crv, COSEKEYS.x],
  RSA: [COSEKEYS.kty, COSEKEYS.alg, COSEKEYS.n, COSEKEYS.e],
} as const satisfies Record<string, readonly number[]>

export const ES256 = -7
const EDDSA = -8
const RS256 = -257

type CoseKey = ReadonlyMap<unknown, unknown>

/** Whether a COSE key has the type and curve its algorithm requires (WebAuthn 5.8.5), and is sound (R141). */
export function isUsableKey(publicKey: Uint8Array<ArrayBuffer>): boolean {
  const jwk = jwkOf(readCoseKey(publicKey))
  return jwk !== null && isSoundKey(jwk)
}

/** The algorithm of a COSE key; null when the bytes are not a key. */
export function algorithmOf(publicKey: Uint8Array<ArrayBuffer>): unknown {
  return readCoseKey(publicKey)?.get(COSEKEYS.alg) ?? null
}

/** Read as a plain map: the library's types promise more than untrusted bytes hold. */
function readCoseKey(publicKey: Uint8Array<ArrayBuffer>): CoseKey | null {
  try {
    const key: unknown = decodeCredentialPublicKey(publicKey)
    return key instanceof Map ? key : null
  } catch {
    return null
  }
}

function jwkOf(key: CoseKey | null): PublicJwk | null {
  if (!key) return null
  const member = (label: number) => textOf(key.get(label))
  const [kty, curve] = [key.get(COSEKEYS.kty), key.get(COSEKEYS.crv)]
  switch (key.get(COSEKEYS.alg)) {
    case ES256:
      if (kty !== COSEKTY.EC2 || curve !== COSECRV.P256 || !hasExactly(key, LABELS.EC2)) return null
      return { kty: 'EC', crv: 'P-256', x: member(COSEKEYS.x), y: member(COSEKEYS.y) }
    case EDDSA:
      if (kty !== COSEKTY.OKP || curve !== COSECRV.ED25519 || !hasExactly(key, LABELS.OKP)) return null
      return { kty: 'OKP', crv: 'Ed25519', x: member(COSEKEYS.x) }
    case RS256:
      if (kty !== COSEKTY.RSA || !hasExactly(key, LABELS.RSA)) return null
      return { kty: 'RSA', n: member(COSEKEYS.n), e: member(COSEKEYS.e) }
    default:
      return null
  }
}

const hasExactly = (key: CoseKey, labels: readonly number[]): boolean =>
  key.size === labels.length && labels.every((label) => key.has(label))

const textOf = (value: unknown): string | null =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : null
