import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { isSoundKey } from '../../kernel/sound-key.js'
import type { FindKey } from '../checkpoints/sign-checkpoint.js'

/** The key set cannot be had or read. Says why. */
export class KeySetError extends Error {
  constructor(source: string, says: string, options?: ErrorOptions) {
    super(`The key set ${source} ${says}`, options)
    this.name = 'KeySetError'
  }
}

const TIMEOUT_MS = 5_000
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })) })

/** The public keys of a JWKS (RFC 7517), from a file or, when it begins with `https://`, from there. */
export async function publishedKeys(source: string): Promise<FindKey> {
  const text = await readSource(source)
  const keys = new Map<string, KeyObject>()
  for (const jwk of parse(source, text)) {
    // Only keys of the kind that signs checkpoints. A key that an attacker could sign with is left out (R141).
    if (jwk.kid === undefined || jwk.kty !== 'OKP' || !isSoundKey(jwk)) continue
    keys.set(jwk.kid, createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }))
  }
  return (keyId) => keys.get(keyId) ?? null
}

async function readSource(source: string): Promise<string> {
  try {
    if (!/^https?:\/\//.test(source)) return await readFile(source, 'utf8')
    const response = await fetch(source, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (response.ok) return await response.text()
    throw new Error(`the answer has the status ${response.status}`)
  } catch (cause) {
    throw new KeySetError(source, `cannot be read: ${cause instanceof Error ? cause.message : ''}`, { cause })
  }
}

function parse(source: string, text: string) {
  try {
    return keySet.parse(JSON.parse(text)).keys
  } catch (cause) {
    throw new KeySetError(source, 'is not a JWKS', { cause })
  }
}
