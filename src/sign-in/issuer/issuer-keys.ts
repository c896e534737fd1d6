import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { isSoundKey, type PublicJwk } from '../../kernel/sound-key.js'
import type { Logger } from '../../kernel/logger.js'
import { Unavailable } from '../../kernel/unavailable.js'
import { isSafeToFetch, type TrustedIssuer } from './trusted-issuer.js'

/** Finds the key that verifies an issuer's token. */
export type IssuerKeys = JWTVerifyGetKey

const MAX_BYTES = 131_072
const TIMEOUT_MS = 5_000
/**
 * Minimum time between two fetches for unknown keys: tokens with invented key ids must not make us call the issuer each
 * time.
 */
const COOLDOWN_MS = 30_000
const CACHE_MS = 600_000

const discoveryShape = z.object({ issuer: z.string(), jwks_uri: z.string().max(2048) })

/**
 * An issuer's keys, fetched on demand and kept for ten minutes. Only addresses from the configuration, or from the
 * discovery document of a configured issuer, are fetched: over TLS, without redirects, and with a size limit.
 */
export function remoteKeys({ logger }: { readonly logger: Logger }, issuer: TrustedIssuer): IssuerKeys {
  let found: Promise<IssuerKeys> | null = null
  let failedAt = -Infinity
  const keysOf = async (): Promise<IssuerKeys> => {
    if (found === null && performance.now() - failedAt < COOLDOWN_MS) throw new Unavailable('issuer')
    found ??= locate(issuer).then(keySetAt, (error: unknown) => {
      found = null
      failedAt = performance.now()
      throw error
    })
    return found
  }
  return async (header, token) => {
    try {
      const keys = await keysOf()
      return await keys(header, token)
    } catch (error) {
      if (isAboutTheToken(error)) throw error
      logger.warn({ issuer: issuer.issuer, err: error }, 'the keys of a trusted issuer could not be had')
      throw new Unavailable('issuer', { cause: error })
    }
  }
}

/** No matching key, or several: the token is at fault. In every other case the issuer is, or we are. */
const isAboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported

async function locate({ issuer, jwksUri }: TrustedIssuer): Promise<string> {
  if (jwksUri !== undefined) return jwksUri
  // OpenID Connect Discovery 4.1: the path is appended to the issuer without its trailing slash.
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const document = discoveryShape.parse(await fetchJson(address, AbortSignal.timeout(TIMEOUT_MS)))
  if (document.issuer !== issuer) throw new Error('the discovery document names another issuer')
  if (!isSafeToFetch(document.jwks_uri)) throw new Error('the discovery document names keys that are not safe to fetch')
  return document.jwks_uri
}

/** Keys that anyone could sign for are left out, as if the issuer had not published them (R141). */
const keySetAt = (address: string): IssuerKeys =>
  createRemoteJWKSet(new URL(address), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: CACHE_MS,
    [customFetch]: async (url, { signal }) => Response.json(soundKeysOf(await fetchJson(url, signal))),
  })

const keySet = z.looseObject({ keys: z.array(z.record(z.string(), z.unknown())) })

function soundKeysOf(document: unknown): object {
  const { keys, ...rest } = keySet.parse(document)
  return { ...rest, keys: keys.filter((key) => isSoundKey(key as PublicJwk)) }
}

/** Fetches JSON from exactly this address; at most 128 kB, because it is kept in memory. */
async function fetchJson(address: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(address, { redirect: 'error', signal, headers: { accept: 'application/json' } })
  if (response.status !== 200) throw new Error(`the answer has the status ${response.status}`)
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    parts.push(part as Uint8Array)
    length += (part as Uint8Array).byteLength
    if (length > MAX_BYTES) throw new Error('the answer is too long')
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'))
}
