export interface DeviceKeyOptions {
  /** The IndexedDB database that holds the key; a browser has one key per database. */
  readonly databaseName: string
  /** The current time. The computer's clock by default; the gateway tolerates a difference of a minute. */
  readonly now?: () => Date
}

/** A key of this browser that cannot be exported. */
export interface DeviceKey {
  /**
   * A proof for one request, to send as its `Stepgate-Device-Proof` header with `signIn`, `signInWithPasskey` and
   * `verifyChallenge`. `url` is the GraphQL endpoint as the gateway calls it, such as
   * `https://auth.example.com/graphql`.
   */
  proof(url: string): Promise<string>
}

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>

const STORE = 'keys'
const KEY = 'device'
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const

/**
 * The key a device token is bound to: ECDSA P-256, created by WebCrypto so that not even this page can read it, and
 * stored in IndexedDB. An attacker who copies the browser's cookies does not get it. It is created with the first
 * proof; tabs that start at the same time share one key.
 */
export function createDeviceKey({ databaseName, now = () => new Date() }: DeviceKeyOptions): DeviceKey {
  return {
    proof: async (url) => {
      const { privateKey, publicKey } = await loadOrCreate(databaseName)
      const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
      const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } }
      const iat = Math.floor(now().getTime() / 1000)
      const signed = `${encode(header)}.${encode({ jti: crypto.randomUUID(), htm: 'POST', htu: url, iat })}`
      const bytes = new TextEncoder().encode(signed)
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytes)
      return `${signed}.${base64url(new Uint8Array(signature))}`
    },
  }
}

async function loadOrCreate(databaseName: string): Promise<KeyPair> {
  const database = await openDatabase(databaseName)
  try {
    const found = await settled(database.transaction(STORE, 'readonly').objectStore(STORE).get(KEY))
    return found ?? (await keep(database, await generateKeyPair()))
  } finally {
    database.close()
  }
}

const generateKeyPair = () => crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])

/** Stores the key unless another tab was faster; returns the stored key. */
async function keep(database: Database, made: KeyPair): Promise<KeyPair> {
  // One transaction: IndexedDB allows no other write in between.
  const store = database.transaction(STORE, 'readwrite').objectStore(STORE)
  const found = await settled(store.get(KEY))
  if (found) return found
  await settled(store.put(made, KEY))
  return made
}

function openDatabase(name: string): Promise<Database> {
  const request = (globalThis as unknown as { readonly indexedDB: Factory }).indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE)
  return settled(request)
}

function settled<T>(request: Request<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB gave no reason'))
  })
}

const encode = (part: object): string => base64url(new TextEncoder().encode(JSON.stringify(part)))

function base64url(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/* The part of IndexedDB used here: the browser's full types would apply to the whole server, too. */

interface Request<T> {
  readonly result: T
  readonly error: Error | null
  onsuccess: (() => void) | null
  onerror: (() => void) | null
}

interface ObjectStore {
  get(key: string): Request<KeyPair | undefined>
  put(value: KeyPair, key: string): Request<unknown>
}

interface Database {
  transaction(store: string, mode: 'readonly' | 'readwrite'): { objectStore(name: string): ObjectStore }
  createObjectStore(name: string): void
  close(): void
}

interface Factory {
  open(name: string, version: number): Request<Database> & { onupgradeneeded: (() => void) | null }
}
