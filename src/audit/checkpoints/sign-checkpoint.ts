import { CompactSign, compactVerify, decodeProtectedHeader, errors } from 'jose'
import type { KeyObject } from 'node:crypto'
import { isCompactJws } from '../../kernel/base64url.js'
import type { KeyRing } from '../../kernel/key-ring.js'
import { readStatement, type Statement } from './checkpoint.js'

/** Tells a checkpoint from everything else that is signed with the same key, such as access tokens. */
const TYPE = 'stepgate-checkpoint'

export interface CheckpointSigner {
  /** The id of the key in the JWKS. */
  readonly keyId: string
  sign(statement: Statement): Promise<string>
}

/** Finds a public key by its id; null when there is none. */
export type FindKey = (keyId: string) => KeyObject | null

/** `unknown-key`: the key is not available, so the signature cannot be checked. `forged`: the signature is wrong. */
export type SignatureVerdict =
  { readonly kind: 'good'; readonly statement: Statement } | { readonly kind: 'unknown-key' | 'forged' }

export function checkpointSigner({ current }: Pick<KeyRing, 'current'>): CheckpointSigner {
  return {
    keyId: current.id,
    sign: (statement) =>
      new CompactSign(Buffer.from(JSON.stringify(statement)))
        .setProtectedHeader({ alg: 'EdDSA', typ: TYPE, kid: current.id })
        .sign(current.signing),
  }
}

export const keyIdOf = (signed: string): string | null => headerOf(signed)?.kid ?? null

/** Checks the signature and reads the statement. Only keys that `findKey` knows count, never one that the header brings. */
export async function readSigned(signed: string, findKey: FindKey): Promise<SignatureVerdict> {
  const header = headerOf(signed)
  if (header?.alg !== 'EdDSA' || header.typ !== TYPE || !header.kid) return { kind: 'forged' }
  const key = findKey(header.kid)
  if (!key) return { kind: 'unknown-key' }
  try {
    const { payload } = await compactVerify(signed, key, { algorithms: ['EdDSA'] })
    const statement = readStatement(payload)
    return statement ? { kind: 'good', statement } : { kind: 'forged' }
  } catch (error) {
    if (error instanceof errors.JOSEError) return { kind: 'forged' }
    throw error
  }
}

function headerOf(signed: string) {
  try {
    return isCompactJws(signed) ? decodeProtectedHeader(signed) : null
  } catch {
    return null
  }
}
