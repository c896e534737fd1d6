import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'
import { randomUUID } from 'node:crypto'
import { SignInDocument } from '../../schema/generated/graphql.js'
import { readConfig } from '../../src/config/index.js'
import { codeOf, type Client, type ClientOptions } from './client.js'
import type { TestGateway } from './gateway.js'
import { PASSWORD } from './person.js'

/** A key as a browser would store it, and its signatures; every part of a proof can be made wrong. */
export interface SoftDeviceKey {
  readonly privateKey: CryptoKey
  readonly jwk: JWK
  readonly thumbprint: string
  proof(changes?: ProofChanges): Promise<string>
  /** The header of a request, with a new proof by default. */
  header(proof?: string): Promise<Record<string, string>>
}

export interface ProofChanges {
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>>
  readonly signedBy?: CryptoKey | Uint8Array
}

export async function softDeviceKey(gateway: TestGateway): Promise<SoftDeviceKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const { kty, crv, x, y } = await exportJWK(publicKey)
  const jwk = { kty: kty!, crv: crv!, x: x!, y: y! }
  const proof = ({ header = {}, claims = {}, signedBy = privateKey }: ProofChanges = {}): Promise<string> => {
    const iat = Math.floor(gateway.clock.now().getTime() / 1000)
    const protectedHeader = { alg: 'ES256', typ: 'dpop+jwt', jwk, ...header }
    return new SignJWT({ jti: randomUUID(), htm: 'POST', htu: endpointOf(gateway), iat, ...claims })
      .setProtectedHeader(protectedHeader)
      .sign(signedBy, {
        crit: Object.fromEntries(((header['crit'] as readonly string[] | undefined) ?? []).map((name) => [name, true])),
      })
  }
  return {
    privateKey,
    jwk,
    thumbprint: await calculateJwkThumbprint(jwk),
    proof,
    header: async (given) => ({ 'stepgate-device-proof': given ?? (await proof()) }),
  }
}

/** The endpoint under the gateway's own name. */
export const endpointOf = ({ env }: TestGateway): string => `${readConfig(env).server.publicUrl}/graphql`

/** Name and value of the cookie that holds the device token. */
export function deviceCookieOf(client: Client): [string, string] {
  const found = [...client.cookies].find(([name]) => name.startsWith('stepgate-device-'))
  if (!found) throw new Error('the client has no device cookie')
  return found
}

/** A client that has nothing but this device cookie. */
export function withCookie(gateway: TestGateway, cookie: [string, string], options: ClientOptions = {}): Client {
  const client = gateway.client(options)
  client.cookies.set(...cookie)
  return client
}

/** The outcome of a sign-in, in one word: the type of the result, or the code of the refusal. */
export async function arrivalOf(
  client: Client,
  email: string,
  { password = PASSWORD, headers = {} }: { password?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const answer = await client.send(SignInDocument, { input: { email, password } }, headers)
  return answer.data?.signIn.__typename ?? codeOf(answer) ?? 'NOTHING'
}
