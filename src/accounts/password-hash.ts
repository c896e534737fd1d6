import { hash, verify } from '@node-rs/argon2'
import { normalizePassword } from './password-policy.js'

/** Argon2id cost. OWASP recommends at least 19 MiB, two passes, one lane. */
export interface PasswordCost {
  readonly memoryKib: number
  readonly passes: number
  readonly lanes: number
}

/** Keeps a processor busy, so it is called in a turn only: see `Turns`. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** Null for an account that does not exist: the same work is done and the answer is always false (R056). */
  verify(password: string, passwordHash: string | null): Promise<boolean>
  /** Whether a stored hash was made with other parameters than today's. */
  isOutdated(passwordHash: string): boolean
}

/** Argon2id. The dummy hash uses the same parameters, so an unknown name costs what a known one does. */
export async function createPasswordHasher(cost: PasswordCost): Promise<PasswordHasher> {
  const options = { algorithm: 2, memoryCost: cost.memoryKib, timeCost: cost.passes, parallelism: cost.lanes } as const
  const dummy = await hash('correct horse battery staple, but nobody has it', options)
  const parameters = `$m=${cost.memoryKib},t=${cost.passes},p=${cost.lanes}$`
  return {
    hash: (password) => hash(normalizePassword(password), options),
    verify: async (password, passwordHash) => {
      const matches = await verify(passwordHash ?? dummy, normalizePassword(password))
      return matches && passwordHash !== null
    },
    isOutdated: (passwordHash) => !passwordHash.startsWith('$argon2id$') || !passwordHash.includes(parameters),
  }
}
