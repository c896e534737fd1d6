import type { SignInEvent, TrueEvent } from '../event.js'
import { createAttacks, type Attacks } from '../attackers/attacks.js'
import { hoursAheadOf } from './countries.js'
import { createPeople, type World } from './create-people.js'
import { createEventQueue, type EventQueue } from './event-queue.js'
import type { Person } from './person.js'
import { afterActivity } from './rhythm.js'
import { SECOND_MS, DAY_MS } from './time.js'
import { signIn } from './sign-in.js'

/**
 * All sign-ins of a year, of people and attackers, in the order of time. Only the next step of each person is in
 * memory. People do the same whether they are attacked or not: attackers have streams of their own.
 */
export function* simulate(world: World, seed: number): Generator<TrueEvent> {
  const { startsAt, days } = world.settings
  const endsAt = startsAt + days * DAY_MS
  const queue = createEventQueue<Step>()
  const people = createPeople(world, seed)
  const attacks = createAttacks(world, seed, people)
  for (const person of people) schedule(queue, person, startsAt, person.random.next())
  for (const { at, run } of attacks.planned) queue.add(at, { kind: 'attack', run })
  for (let next = queue.take(); next && next.at < endsAt; next = queue.take()) {
    const { item, at } = next
    switch (item.kind) {
      case 'turn':
        takeTurn({ world, queue, person: item.person, at })
        break
      case 'attack':
        for (const attempt of item.run(at)) queue.add(attempt.event.at, { kind: 'event', person: null, done: attempt })
        break
      case 'event':
        yield item.done
        if (item.person) notice({ attacks, queue, person: item.person, event: item.done.event })
    }
  }
}

type Step =
  | { readonly kind: 'turn'; readonly person: Person }
  | { readonly kind: 'event'; readonly person: Person | null; readonly done: TrueEvent }
  | { readonly kind: 'attack'; readonly run: (at: number) => readonly TrueEvent[] }

interface Turn {
  readonly world: World
  readonly queue: EventQueue<Step>
  readonly person: Person
  readonly at: number
}

/** Who mistypes tries again within a minute, from the same place with the same browser. */
function takeTurn({ world, queue, person, at }: Turn): void {
  const { random } = person
  const isMistyped = random.chance(world.settings.mistypedShare)
  const rightAt = isMistyped ? at + Math.round(random.between(4, 45) * SECOND_MS) : at
  const right = signIn(world, person, rightAt)
  if (isMistyped) {
    const wrong: TrueEvent = { event: { ...right.event, at, successful: false }, truth: right.truth }
    queue.add(at, { kind: 'event', person: null, done: wrong })
  }
  queue.add(rightAt, { kind: 'event', person, done: right })
  // The mean of two exponentials: the gaps of a person vary, and are seldom next to nothing.
  schedule(queue, person, rightAt, (random.exponential(1) + random.exponential(1)) / 2)
}

const LEAST_GAP_MS = 60 * SECOND_MS

function schedule(queue: EventQueue<Step>, person: Person, after: number, gaps: number): void {
  const activeHours = gaps * person.meanGapDays * 24
  const at = afterActivity(person.rhythm, after, activeHours, hoursAheadOf(person.zone))
  queue.add(Math.max(at, after + LEAST_GAP_MS), { kind: 'turn', person })
}

interface Noticed {
  readonly attacks: Attacks
  readonly queue: EventQueue<Step>
  readonly person: Person
  readonly event: SignInEvent
}

/** Attackers know what their victims have done so far, and some attack at a certain size of history. */
function notice({ attacks, queue, person, event }: Noticed): void {
  const probe = attacks.watch(person, event)
  if (probe) queue.add(event.at, { kind: 'attack', run: probe })
}
