import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const PROBE = fileURLToPath(new URL('./probe.js', import.meta.url))
const PATIENCE_MS = 120_000

export interface Probed {
  readonly rss: number
  /** The longest time the event loop did nothing else, since the last `reset`. */
  readonly longestBlockMs: number
  /** Processor time of the whole process, all threads. */
  readonly cpuMs: number
}

/** The compiled gateway as a process of its own. */
export interface ProbedGateway {
  readonly url: string
  /** From the start of the process to the line that says it listens. */
  readonly startMs: number
  ask(question: 'reset' | 'collect' | 'look'): Promise<Probed>
  stop(): Promise<void>
}

/** Starts `program` on the data in `directory` with a probe in it. */
export async function startProbed(program: string, env: Readonly<Record<string, string>>): Promise<ProbedGateway> {
  const startedAt = performance.now()
  const child = fork(program, ['start'], {
    execArgv: ['--expose-gc', '--import', PROBE],
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'development', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const exited = once(child, 'exit')
  const url = await new Promise<string>((listens, fails) => {
    let output = ''
    const take = (text: string): void => {
      output += text
      const line = output.split('\n').find((each) => each.includes('"msg":"listening"') && each.endsWith('}'))
      if (line) listens((JSON.parse(line) as { readonly url: string }).url)
    }
    child.stdout?.setEncoding('utf8').on('data', take)
    child.stderr?.setEncoding('utf8').on('data', take)
    void exited.then(() => fails(new Error(`the gateway did not start: ${output}`)))
    setTimeout(() => fails(new Error(`the gateway took too long: ${output}`)), PATIENCE_MS).unref()
  })
  const startMs = performance.now() - startedAt
  let questions = 0
  return {
    url,
    startMs,
    ask: (question) => {
      const id = (questions += 1)
      return new Promise((resolve) => {
        const take = (told: Probed & { readonly id: number }): void => {
          if (told.id !== id) return
          child.off('message', take)
          resolve(told)
        }
        child.on('message', take)
        child.send({ id, question })
      })
    },
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}
