import { fork } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'

/** What a server under measurement tells its bench, over IPC and never over HTTP. Every answer is a number. */
export type Question =
  /** Store commands since the start. */
  | 'round-trips'
  /** Microseconds of processor time, all threads, since the start. */
  | 'cpu'
  /** Finishes what was left until after the answers; always answers 0. */
  | 'drain'
  /** Moves the server's clock by so many seconds. */
  | 'advance'
  /** Milliseconds of processor time one of so many password checks takes. */
  | 'password'

export interface ChildServer {
  readonly url: string
  ask(question: Question, amount?: number): Promise<number>
  stop(): Promise<void>
}

export interface Asked {
  readonly id: number
  readonly question: Question | 'stop'
  readonly amount: number
}

export type Told = { readonly url: string } | { readonly id: number; readonly answer: number }

/** Starts a server as a process of its own, with the loader of this one, as in production. What it logs goes to /dev/null. */
export async function startChild(module: URL, ...args: readonly string[]): Promise<ChildServer> {
  const nowhere = await open('/dev/null', 'w')
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = fork(module, args, { env, stdio: ['ignore', nowhere.fd, 'inherit', 'ipc'] })
  await nowhere.close()
  const waiting = new Map<number, (answer: number) => void>()
  const exited = once(child, 'exit')
  const [hello] = (await Promise.race([once(child, 'message'), exited.then(() => [null])])) as [Told | null]
  if (!hello || !('url' in hello)) throw new Error(`${module.pathname} did not start`)
  child.on('message', (told: Told) => {
    if (!('id' in told)) return
    waiting.get(told.id)?.(told.answer)
    waiting.delete(told.id)
  })
  let questions = 0
  const send = (asked: Asked): void => void child.send(asked)
  return {
    url: hello.url,
    ask: (question, amount = 0) => {
      const id = (questions += 1)
      return new Promise((resolve, reject) => {
        waiting.set(id, resolve)
        void exited.then(() => reject(new Error(`${module.pathname} is gone`)))
        send({ id, question, amount })
      })
    },
    stop: async () => {
      send({ id: 0, question: 'stop', amount: 0 })
      await exited
    },
  }
}
