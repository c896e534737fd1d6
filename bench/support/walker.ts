import type { ChildServer } from './child.js'

/** A person with a second factor who signs in again and again, from a browser that is new every time. */
export interface Walker {
  signIn(): Promise<void>
  challenge(): Promise<void>
  verify(): Promise<void>
}

export const STEPS = ['signIn', 'challenge', 'verify'] as const
export type Step = (typeof STEPS)[number]

export interface CrowdSizes {
  readonly people: number
  /** Divides `people`. */
  readonly atOnce: number
}

const MADE_AT_ONCE = 8

/** One of the two that are compared: a server and the people who use it. */
export interface Side {
  readonly server: ChildServer
  /** The people whose turn it is; every person gets one. */
  crowd(): readonly Walker[]
  /** Lets enough time pass that every person's next code is a new one. */
  rest(): Promise<void>
}

/**
 * Every person walks through all steps at their own pace; answers how many got through in a second, and keeps the
 * milliseconds of processor time the server needed for each.
 */
export async function walkFreely({ server, crowd, rest }: Side, cpuMs: number[]): Promise<number> {
  const walkers = crowd()
  const cpuBefore = await server.ask('cpu')
  const startedAt = performance.now()
  await Promise.all(walkers.map(walk))
  const seconds = (performance.now() - startedAt) / 1000
  cpuMs.push(((await server.ask('cpu')) - cpuBefore) / 1000 / walkers.length)
  await rest()
  return walkers.length / seconds
}

/** All people take the same step at once, then the next; answers how many took each in a second. */
export async function walkInStep({ crowd, rest }: Side): Promise<Readonly<Record<Step, number>>> {
  const walkers = crowd()
  const perSecond = { signIn: 0, challenge: 0, verify: 0 }
  for (const step of STEPS) {
    const startedAt = performance.now()
    await Promise.all(walkers.map((walker) => walker[step]()))
    perSecond[step] = walkers.length / ((performance.now() - startedAt) / 1000)
  }
  await rest()
  return perSecond
}

/** The store commands of one person's steps when no one else is active. */
export async function countRoundTrips({ server, crowd, rest }: Side): Promise<Readonly<Record<Step, number>>> {
  const [walker] = crowd()
  const counts = { signIn: 0, challenge: 0, verify: 0 }
  for (const step of STEPS) {
    const before = await server.ask('round-trips')
    await walker?.[step]()
    counts[step] = (await server.ask('round-trips')) - before
  }
  await rest()
  return counts
}

/** Makes the people of a side, a few at a time, and lets them take turns in crowds. */
export async function crowdsOf(
  sizes: CrowdSizes,
  makeWalker: (email: string) => Promise<Walker>,
): Promise<() => readonly Walker[]> {
  const walkers: Walker[] = []
  while (walkers.length < sizes.people) {
    const emails = Array.from({ length: MADE_AT_ONCE }, (_, place) => `person${walkers.length + place}@example.com`)
    walkers.push(...(await Promise.all(emails.map(makeWalker))))
  }
  let turn = 0
  return () => {
    const first = (sizes.atOnce * turn++) % sizes.people
    return walkers.slice(first, first + sizes.atOnce)
  }
}

async function walk(walker: Walker): Promise<void> {
  for (const step of STEPS) await walker[step]()
}
