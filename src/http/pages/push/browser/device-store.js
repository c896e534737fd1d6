/**
 * What this browser stores about a connected device. The private key cannot be exported: the browser signs with it, and
 * not even this page can read it.
 * @typedef {{ device: string, email: string, privateKey: CryptoKey, endpoint: string | null }} StoredDevice
 */

const DATABASE = 'stepgate-push'
const STORE = 'devices'

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open(DATABASE, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'device' })
  return settled(request)
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 */
async function within(mode, act) {
  const database = await open()
  try {
    return await settled(act(database.transaction(STORE, mode).objectStore(STORE)))
  } finally {
    database.close()
  }
}

/** @returns {Promise<StoredDevice[]>} */
export const loadDevices = () => within('readonly', (store) => store.getAll())

/** @param {StoredDevice} device */
export const saveDevice = (device) => within('readwrite', (store) => store.put(device))

/** @param {string} device */
export const forgetDevice = (device) => within('readwrite', (store) => store.delete(device))

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' }

/** A new key pair. The private key stays here; the public key is SPKI in base64url. */
export async function newDeviceKey() {
  const pair = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])
  const spki = await crypto.subtle.exportKey('spki', pair.publicKey)
  return { privateKey: pair.privateKey, publicKey: base64url(spki) }
}

/**
 * @param {CryptoKey} privateKey
 * @param {readonly string[]} lines
 */
export async function signLines(privateKey, lines) {
  const text = new TextEncoder().encode(lines.join('\n'))
  return base64url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, text))
}

/** @param {ArrayBuffer} bytes */
export function base64url(bytes) {
  const text = String.fromCharCode(...new Uint8Array(bytes))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
