import type { ChildServer } from './child.js'
import { storeCpuMs } from './store-cpu.js'

export const STEPS = ['signIn', 'verify', 'check'] as const
export type Step = (typeof STEPS)[number]

/** A person with an authenticator app, who signs in again and again from a browser that is new every time. */
export interface Walker extends Readonly<Record<Step, () => Promise<void>>> {
  /** Undoes what the last flow added to this person. Not measured. */
  leave(): Promise<void>
  /** How many sessions the person has; to be asked while one is signed in. */
  sessions(): Promise<number>
}

/** A server and people who use it. All of them have as many sessions, and devices if the server knows any. */
export interface Side {
  readonly server: ChildServer
  readonly people: readonly Walker[]
  /** Lets enough time pass that every person's next code is a new one. */
  rest(): Promise<void>
}

export interface Flows {
  readonly perSecond: number
  /** Milliseconds of processor time for one flow; the store's are null where they cannot be read. */
  readonly serverMs: number
  readonly storeMs: number | null
  readonly commands: number
}

const MADE_AT_ONCE = 8

/** Every person takes all steps once, so many of them at a time. The round ends when nothing is left to be done. */
export async function walkAll({ server, people, rest }: Side, callers: number): Promise<Flows> {
  const before = await measures(server)
  const startedAt = performance.now()
  await shared(people, callers, walk)
  await server.ask('drain')
  const seconds = (performance.now() - startedAt) / 1000
  const after = await measures(server)
  await shared(people, MADE_AT_ONCE, (person) => person.leave())
  await server.ask('drain')
  await rest()
  return {
    perSecond: people.length / seconds,
    serverMs: (after.serverMs - before.serverMs) / people.length,
    storeMs:
      after.storeMs === null || before.storeMs === null ? null : (after.storeMs - before.storeMs) / people.length,
    commands: (after.commands - before.commands) / people.length,
  }
}

/** Signs everybody in until they have so many sessions, and checks that they do. */
export async function fillSessions({ people, rest }: Side, sessions: number): Promise<void> {
  await rest()
  for (let lap = 1; lap < sessions; lap += 1) {
    await shared(people, MADE_AT_ONCE, walk)
    await rest()
  }
  await shared(people, MADE_AT_ONCE, async (person) => {
    await walk(person)
    const counted = await person.sessions()
    if (counted !== sessions) throw new Error(`a person has ${counted} sessions, not ${sessions}`)
    await person.leave()
  })
  await rest()
}

/** Makes people, a few at a time. */
export async function crowdOf<Person>(people: number, make: (email: string) => Promise<Person>): Promise<Person[]> {
  const emails = Array.from({ length: people }, (_, nth) => `person${nth}@example.com`)
  const made = new Map<string, Person>()
  await shared(emails, MADE_AT_ONCE, async (email) => {
    made.set(email, await make(email))
  })
  return [...made.values()]
}

async function walk(walker: Walker): Promise<void> {
  for (const step of STEPS) await walker[step]()
}

/** Does the work for each, by so many callers, each of which takes the next when it is done. */
async function shared<T>(all: readonly T[], callers: number, work: (each: T) => Promise<void>): Promise<void> {
  const waiting = [...all]
  const caller = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: callers }, caller))
}

async function measures(server: ChildServer) {
  const [cpu, commands, storeMs] = await Promise.all([server.ask('cpu'), server.ask('round-trips'), storeCpuMs()])
  return { serverMs: cpu / 1000, commands, storeMs }
}
