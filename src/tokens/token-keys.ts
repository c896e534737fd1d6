import type { KeyObject } from 'node:crypto'
import { exportJWK, type JWK, type JWTHeaderParameters, type SignJWT } from 'jose'
import type { DerivedKeys, KeyRing } from '../kernel/key-ring.js'

/** As most libraries know them: they do not read `Ed25519`, the name of RFC 9864 (decision 0088). */
export type TokenAlgorithm = 'EdDSA' | 'ES256'

/** The keys that sign and verify tokens. Each master key has one for each algorithm. */
export interface TokenKeys {
  readonly algorithms: readonly TokenAlgorithm[]
  /** Signs with the current key and the first algorithm. */
  sign(token: SignJWT, type: string): Promise<string>
  /** The key that a token names. Null if it is not ours, or is for another algorithm than the token's. */
  find(header: Pick<JWTHeaderParameters, 'alg' | 'kid'>): KeyObject | null
  /** The public keys (RFC 7517), the one that signs first. */
  jwks(): Promise<{ readonly keys: readonly JWK[] }>
}

interface TokenKey {
  readonly kid: string
  readonly algorithm: TokenAlgorithm
  readonly signing: KeyObject
  readonly verifying: KeyObject
}

/** The first algorithm signs. Tokens of all of them are accepted. */
export function createTokenKeys(ring: KeyRing, algorithms: readonly TokenAlgorithm[]): TokenKeys {
  const [first] = algorithms
  if (!first) throw new Error('tokens need an algorithm')
  const current = keyOf(ring.current, first)
  // Checkpoints of the audit log are signed with EdDSA, so these keys are published in any case.
  const published = [...new Set<TokenAlgorithm>([...algorithms, 'EdDSA'])]
  const keys = published.flatMap((algorithm) => ring.all.map((derived) => keyOf(derived, algorithm)))
  const byId = new Map(keys.map((key) => [key.kid, key]))
  return {
    algorithms,
    sign: (token, typ) => token.setProtectedHeader({ alg: first, typ, kid: current.kid }).sign(current.signing),
    find: ({ kid, alg }) => {
      const key = byId.get(String(kid))
      return key && key.algorithm === alg && algorithms.includes(key.algorithm) ? key.verifying : null
    },
    jwks: async () => ({ keys: await Promise.all(keys.map(publicJwk)) }),
  }
}

/** Ids of master keys have no dot, so no two keys share an id. */
function keyOf(derived: DerivedKeys, algorithm: TokenAlgorithm): TokenKey {
  return algorithm === 'ES256'
    ? { kid: `${derived.id}.es256`, algorithm, ...derived.es256 }
    : { kid: derived.id, algorithm, signing: derived.signing, verifying: derived.verifying }
}

async function publicJwk({ kid, algorithm, verifying }: TokenKey): Promise<JWK> {
  return { ...(await exportJWK(verifying)), kid, alg: algorithm, use: 'sig' }
}
