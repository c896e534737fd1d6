import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'
import { ES256_SEED_BYTES, es256Key } from './es256-key.js'

/** A master secret as configured: a short public id and at least 32 random bytes. */
export interface MasterKey {
  readonly id: string
  readonly secret: Buffer
}

/** The keys derived from one master secret, one per purpose, so that no key ever serves two. */
export interface DerivedKeys {
  readonly id: string
  readonly sealing: Buffer
  readonly hashing: Buffer
  /** Ed25519. */
  readonly signing: KeyObject
  readonly verifying: KeyObject
  /** P-256, for those who cannot read EdDSA. */
  readonly es256: { readonly signing: KeyObject; readonly verifying: KeyObject }
}

/** All keys in force: `current` makes new values; every key, including old ones, still opens and verifies. */
export interface KeyRing {
  readonly current: DerivedKeys
  readonly all: readonly DerivedKeys[]
  find(id: string): DerivedKeys | null
}

const KEY_BYTES = 32
// Prefix of a PKCS#8 Ed25519 key in DER (RFC 8410 section 7); the 32 bytes of the seed follow it.
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Builds the ring; the first key is the current one. To rotate, put a new key in front and remove old ones later. */
export function createKeyRing(masters: readonly MasterKey[]): KeyRing {
  const all = masters.map(derive)
  const current = all[0]
  if (!current) throw new Error('a key ring needs at least one key')
  const byId = new Map(all.map((keys) => [keys.id, keys]))
  if (byId.size !== all.length) throw new Error('two keys of the ring share one id')
  return { current, all, find: (id) => byId.get(id) ?? null }
}

function derive(master: MasterKey): DerivedKeys {
  if (master.secret.length < KEY_BYTES) throw new Error(`key ${master.id} is shorter than ${KEY_BYTES} bytes`)
  const seed = subkey(master, 'signing')
  const signing = createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const es256 = es256Key(subkey(master, 'signing-es256', ES256_SEED_BYTES))
  return {
    id: master.id,
    sealing: subkey(master, 'sealing'),
    hashing: subkey(master, 'hashing'),
    signing,
    verifying: createPublicKey(signing),
    es256: { signing: es256, verifying: createPublicKey(es256) },
  }
}

function subkey(master: MasterKey, purpose: string, bytes = KEY_BYTES): Buffer {
  return Buffer.from(hkdfSync('sha256', master.secret, Buffer.alloc(0), `stepgate/${purpose}/v1`, bytes))
}
