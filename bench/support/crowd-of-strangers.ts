import { Agent, request } from 'node:http'
import { SignInDocument, SignUpDocument } from '../../schema/generated/graphql.js'

/** How many attempts a minute, how they are spread over time, and what they ask for. */
export interface Attack {
  readonly perMinute: number
  /** `steady`: at random moments. `bursts`: all attempts of some seconds at once. */
  readonly pattern: 'steady' | 'bursts'
  readonly asks: 'signIn' | 'signUp'
}

export interface Strangers {
  /** Ends the attack and returns how often each status was answered. */
  stop(): Promise<Readonly<Record<string, number>>>
}

const BURST_SECONDS = 5

/** Strangers who send wrong passwords, or sign up, each from an address and with a name that never came before. */
export function sendStrangers(url: string, attack: Attack, names: readonly string[]): Strangers {
  const agent = new Agent({ keepAlive: true, maxSockets: 2_000 })
  const answered: Record<string, number> = {}
  const open = new Set<Promise<void>>()
  const endpoint = new URL('/graphql', url)
  let sent = 0
  const sendOne = (): void => {
    const answer = post(agent, endpoint, bodyOf(attack, names, (sent += 1))).then((status) => {
      answered[status] = (answered[status] ?? 0) + 1
    })
    open.add(answer)
    void answer.finally(() => open.delete(answer))
  }
  let timer: NodeJS.Timeout
  const perSecond = attack.perMinute / 60
  const next = (): void => {
    const count = attack.pattern === 'steady' ? 1 : Math.round(perSecond * BURST_SECONDS)
    for (let nth = 0; nth < count; nth += 1) sendOne()
    const seconds = attack.pattern === 'steady' ? -Math.log(1 - Math.random()) / perSecond : BURST_SECONDS
    timer = setTimeout(next, seconds * 1000)
  }
  next()
  return {
    stop: async () => {
      clearTimeout(timer)
      await Promise.all(open)
      agent.destroy()
      return answered
    },
  }
}

function bodyOf({ asks }: Attack, names: readonly string[], nth: number): string {
  const stranger = `stranger${nth}-${Date.now()}@example.com`
  if (asks === 'signUp') {
    const input = { email: stranger, password: 'seven grey herons' }
    return JSON.stringify({ query: SignUpDocument.toString(), variables: { input } })
  }
  const email = nth % 2 === 0 ? stranger : names[nth % names.length]
  const input = { email, password: 'not the right passphrase', transport: 'COOKIE' }
  return JSON.stringify({ query: SignInDocument.toString(), variables: { input } })
}

function post(agent: Agent, endpoint: URL, body: string): Promise<string> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-forwarded-for': newAddress(),
  }
  return new Promise((resolve) => {
    const sent = request(endpoint, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(String(response.statusCode)))
    })
    sent.on('error', () => resolve('no answer')).end(body)
  })
}

/** Public addresses in ever new networks. */
const newAddress = (): string => `${part(20, 99)}.${part(0, 255)}.${part(0, 255)}.${part(1, 254)}`
const part = (from: number, to: number): number => from + Math.floor(Math.random() * (to - from + 1))
