import { AUDIT_EVENTS } from '../../src/store/audit-repository.js'
import type { Logger } from '../../src/kernel/logger.js'
import type { Client } from './client.js'
import type { TestGateway } from './gateway.js'
import { withPackedTexts } from './packed-texts.js'

/** Secrets that were issued or typed, and every answer and log line since the start: the two must not meet. */
export interface Canaries {
  readonly logger: Logger
  /** The client, with all its answers recorded. */
  watch(client: Client): Client
  /** Records a secret under a name, and returns it. */
  note(name: string, secret: string | null | undefined): string
  readonly secrets: ReadonlyMap<string, string>
  readonly answers: readonly string[]
  readonly logged: readonly string[]
}

export function canaries(): Canaries {
  const secrets = new Map<string, string>()
  const answers: string[] = []
  const logged: string[] = []
  const write = (fields: object, message: string): void => {
    logged.push(`${message} ${JSON.stringify(fields, plainErrors)}`)
  }
  const watch = (client: Client): Client => ({
    cookies: client.cookies,
    send: async (document, variables, headers) => {
      const answer = await client.send(document, variables, headers)
      answers.push(answer.text)
      return answer
    },
    post: async (body, headers) => {
      const answer = await client.post(body, headers)
      answers.push(answer.text)
      return answer
    },
    at: (url) => watch(client.at(url)),
    copy: () => watch(client.copy()),
  })
  return {
    logger: { debug: write, info: write, warn: write, error: write },
    watch,
    note: (name, secret) => {
      if (!secret) throw new Error(`there is no ${name} to note`)
      secrets.set(secret, name)
      return secret
    },
    secrets,
    answers,
    logged,
  }
}

/** Errors hide their parts from JSON. */
function plainErrors(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value
  return { message: value.message, stack: value.stack, cause: value.cause }
}

/** Everything the gateway stores, as text. */
export async function dump(gateway: TestGateway): Promise<string> {
  const specs = [
    AUDIT_EVENTS,
    ...['accounts', 'auditCheckpoints', 'limits', 'confirmations', 'spentChallenges'].map((name) => ({
      name,
      indexes: [],
    })),
  ]
  const kept = await Promise.all(specs.map((spec) => gateway.store.collection(spec).find({})))
  return withPackedTexts(JSON.stringify(kept))
}

/** How often a secret occurs in a text. A code of digits only counts where no other digit touches it. */
export function occurrences(text: string, secret: string): number {
  if (!/^\d+$/.test(secret)) return text.split(secret).length - 1
  return [...text.matchAll(new RegExp(`(?<!\\d)${secret}(?!\\d)`, 'g'))].length
}
