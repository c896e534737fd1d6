import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'

const { COSEKEYS, COSEKTY, COSECRV } = cose

const MIN_RSA_BYTES = 256

/** Whether a COSE key is of the kind and curve that its algorithm has to have (WebAuthn 5.8.5). */
export function isUsableKey(publicKey: Uint8Array<ArrayBuffer>): boolean {
  // Read as a plain map: the types of the library promise more than a stranger's bytes keep.
  const key: ReadonlyMap<unknown, unknown> = decodeCredentialPublicKey(publicKey) as never
  const curve = key.get(COSEKEYS.crv)
  switch (key.get(COSEKEYS.alg)) {
    case -7:
      return key.get(COSEKEYS.kty) === COSEKTY.EC2 && curve === COSECRV.P256
    case -8:
      return key.get(COSEKEYS.kty) === COSEKTY.OKP && curve === COSECRV.ED25519
    case -257: {
      const modulus = key.get(COSEKEYS.n)
      return key.get(COSEKEYS.kty) === COSEKTY.RSA && modulus instanceof Uint8Array && modulus.length >= MIN_RSA_BYTES
    }
    default:
      return false
  }
}
