import { hash, verify } from '@node-rs/argon2'
import { normalizePassword } from './password-policy.js'

/** Argon2id cost. OWASP recommends at least 19 MiB, two passes, one lane. */
export interface PasswordCost {
  readonly memoryKib: number
  readonly passes: number
  readonly lanes: number
  /** How many hashes may be computed at once; the rest wait, so that sign-ins cannot starve the process of threads. */
  readonly concurrency: number
}

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
  const inTurn = limitConcurrency(cost.concurrency)
  const dummy = await hash('correct horse battery staple, but nobody has it', options)
  const parameters = `$m=${cost.memoryKib},t=${cost.passes},p=${cost.lanes}$`
  return {
    hash: (password) => inTurn(() => hash(normalizePassword(password), options)),
    verify: async (password, passwordHash) => {
      const matches = await inTurn(() => verify(passwordHash ?? dummy, normalizePassword(password)))
      return matches && passwordHash !== null
    },
    isOutdated: (passwordHash) => !passwordHash.startsWith('$argon2id$') || !passwordHash.includes(parameters),
  }
}

function limitConcurrency(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= limit) await new Promise<void>((turn) => waiting.push(turn))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
