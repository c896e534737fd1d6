import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOMY } from './answers.js'
import { startGateway, type StoreKind } from './gateway.js'

/* External logins that a gateway trusts. */

export const AUDIENCE = 'stepgate'
export const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')
export const signed = (head: object, claims: unknown, signature: (input: string) => Buffer): string => {
  const input = `${encode(head)}.${encode(claims)}`
  return `${input}.${signature(input).toString('base64url')}`
}
export const withRsa = (key: KeyObject) => (input: string) => sign('sha256', Buffer.from(input), key)
export const withEc = (key: KeyObject) => (input: string) =>
  sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' })
export const withHmac = (secret: string | Buffer) => (input: string) =>
  createHmac('sha256', secret).update(input).digest()
export const nothing = () => Buffer.alloc(0)

/** An identity provider on this machine: discovery, keys, and a count of the fetches. */
export async function startIssuer() {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const state = {
    hits: [] as string[],
    answer: null as
      ((path: string) => { status: number; body: string; headers?: Record<string, string> } | null) | null,
  }
  let url = ''
  const keys = () => ({
    keys: [
      { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa', alg: 'RS256', use: 'sig' },
      { ...ec.publicKey.export({ format: 'jwk' }), kid: 'ec', alg: 'ES256', use: 'sig' },
    ],
  })
  const server: Server = createServer((req, res) => {
    const path = req.url ?? ''
    state.hits.push(path)
    const special = state.answer?.(path)
    if (special) {
      res.writeHead(special.status, special.headers).end(special.body)
      return
    }
    if (path.endsWith('/.well-known/openid-configuration')) {
      res.end(JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }))
      return
    }
    res.end(JSON.stringify(keys()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, rsa, ec, state, keys, close: () => new Promise((resolve) => server.close(resolve)) }
}

export type Issuer = Awaited<ReturnType<typeof startIssuer>>

/** A gateway that trusts these issuers. */
export async function startTrusting(store: StoreKind, issuers: readonly object[], more: Record<string, string> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'stepgate-issuers-'))
  const file = join(directory, 'issuers.json')
  await writeFile(file, JSON.stringify(issuers))
  const env = { ...ROOMY, STEPGATE_TRUSTED_ISSUERS: file, STEPGATE_EXTERNAL_TOKEN_LIMIT_ADDRESS: '100000/900', ...more }
  return startGateway({ store, env }).finally(() => rm(directory, { recursive: true }))
}
