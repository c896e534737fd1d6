import { randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto'

/** A row of the application's own table of people. */
export interface Person {
  /** The gateway's key for the person: unlike the address, it never changes. */
  readonly id: string
  readonly email: string
  readonly salt: Buffer
  readonly passwordHash: Buffer
}

export interface People {
  /** Null when the address is taken. */
  add(email: string, password: string): Promise<Person | null>
  /** The person with this address and password. */
  check(email: string, password: string): Promise<Person | null>
  find(id: string): Person | null
}

const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const
const HASH_BYTES = 32

/** A table in memory. Yours is in a database, and stays there. */
export function createPeople(): People {
  const rows = new Map<string, Person>()
  const nobody = { salt: randomBytes(16), passwordHash: randomBytes(HASH_BYTES) }
  const byEmail = (email: string) => [...rows.values()].find((row) => row.email === email.toLowerCase()) ?? null
  return {
    add: async (email, password) => {
      const salt = randomBytes(16)
      const passwordHash = await hash(password, salt)
      if (byEmail(email)) return null
      const person = { id: randomUUID(), email: email.toLowerCase(), salt, passwordHash }
      rows.set(person.id, person)
      return person
    },
    check: async (email, password) => {
      const person = byEmail(email)
      // The same work for unknown addresses.
      const { salt, passwordHash } = person ?? nobody
      return timingSafeEqual(await hash(password, salt), passwordHash) ? person : null
    },
    find: (id) => rows.get(id) ?? null,
  }
}

const hash = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password, salt, HASH_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key))),
  )
