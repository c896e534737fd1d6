import type { Asked, Question, Told } from './child.js'

type Answers = Readonly<Partial<Record<Question, (amount: number) => number | Promise<number>>>>

/** The server's side of a measurement: tells where it listens, then answers until it is told to stop. */
export function answerParent(url: string, answers: Answers, close: () => Promise<void>): void {
  const tell = (told: Told): void => void process.send?.(told)
  const all: Answers = { cpu: cpuMicroseconds, drain: () => 0, ...answers }
  const stop = (): void => {
    void close().finally(() => process.exit())
  }
  process.on('message', ({ id, question, amount }: Asked) => {
    if (question === 'stop') return stop()
    const answer = all[question]
    if (!answer) throw new Error(`nobody here knows about ${question}`)
    void Promise.resolve(answer(amount)).then((told) => tell({ id, answer: told }))
  })
  process.on('disconnect', stop)
  tell({ url })
}

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}
