import type { TrueEvent } from '../event.js'
import { collector, type Collector, type Whose } from '../measure/collector.js'
import { decisionTimes, type DecisionTimes } from '../measure/decision-times.js'
import { DECISION_QUANTILES, figure, type Figures } from '../measure/figure.js'
import type { Judgement, Policy } from '../policies/policy.js'

export interface SeedResult {
  readonly seed: number
  readonly people: number
  readonly signIns: number
  readonly wrongPasswords: number
  readonly attacks: number
  readonly policies: readonly { readonly name: string; readonly figures: Figures }[]
}

export interface RunSeedInput {
  readonly seed: number
  readonly events: Iterable<TrueEvent>
  readonly policies: readonly Policy[]
  /** Called now and then with the time of the event that was reached. */
  readonly onProgress: (at: number) => void
}

interface Candidate {
  readonly policy: Policy
  readonly collector: Collector
  readonly times: DecisionTimes
}

/** Looking at the clock costs about as much as a simple policy does. */
const TIMED_EVERY = 8
const MEASURED_PROFILES = 1000
/** So many events at a time go to one policy after the other: what a policy remembers then stays near the processor. */
const EVENTS_AT_ONCE = 4096

/** An event, and whose it is. */
interface Seen {
  readonly trueEvent: TrueEvent
  readonly whose: Whose
  readonly isTimed: boolean
}

/** Shows the same events to every policy, each learning from its own prompts, and collects what came of it. */
export function runSeed({ seed, events, policies, onProgress }: RunSeedInput): SeedResult {
  const candidates = policies.map((policy) => ({ policy, collector: collector(), times: decisionTimes() }))
  const people = new Map<string, { readonly person: number; history: number }>()
  const counts = { signIns: 0, wrongPasswords: 0, attacks: 0 }
  let seen = 0
  let waiting: Seen[] = []
  const showAll = (): void => {
    for (const candidate of candidates) for (const each of waiting) show(candidate, each)
    waiting = []
  }
  for (const trueEvent of events) {
    const { event, truth } = trueEvent
    seen += 1
    let known = people.get(event.userId)
    if (!known) people.set(event.userId, (known = { person: people.size, history: 0 }))
    waiting.push({ trueEvent, whose: { ...known }, isTimed: seen % TIMED_EVERY === 0 })
    counts[kindOf(trueEvent)] += 1
    if (event.successful && truth.attacker === '') known.history += 1
    if (waiting.length < EVENTS_AT_ONCE) continue
    showAll()
    onProgress(event.at)
  }
  showAll()
  const signedIn = [...people].filter(([, { history }]) => history > 0).map(([userId]) => userId)
  return {
    seed,
    people: signedIn.length,
    ...counts,
    policies: candidates.map((candidate) => ({ name: candidate.policy.name, figures: figuresOf(candidate, signedIn) })),
  }
}

function kindOf({ event, truth }: TrueEvent): 'signIns' | 'wrongPasswords' | 'attacks' {
  if (!event.successful) return 'wrongPasswords'
  return truth.attacker === '' ? 'signIns' : 'attacks'
}

function show(candidate: Candidate, { trueEvent, whose, isTimed }: Seen): void {
  const { policy, collector } = candidate
  const { event, truth } = trueEvent
  if (!event.successful) {
    policy.fail(event)
    return
  }
  const judgement = isTimed ? judgeTimed(candidate, trueEvent) : policy.judge(event)
  collector.add(trueEvent, judgement, whose)
  if (truth.attacker === '') policy.learn(event, judgement)
}

function judgeTimed({ policy, times }: Candidate, { event }: TrueEvent): Judgement {
  const startedAt = process.hrtime.bigint()
  const judgement = policy.judge(event)
  times.add(Number(process.hrtime.bigint() - startedAt))
  return judgement
}

function figuresOf({ policy, collector, times }: Candidate, people: readonly string[]): Figures {
  const found = DECISION_QUANTILES.flatMap((share) => {
    const microseconds = times.quantile(share)
    return microseconds === null ? [] : [[figure.decisionTime(share), microseconds] as const]
  })
  const bytes = meanProfileBytes(policy, people)
  return {
    ...collector.figures(),
    ...Object.fromEntries(found),
    ...(bytes === null ? {} : { [figure.profileBytes()]: bytes }),
  }
}

/** Of people spread evenly over all of them; null when the policy does not say. */
function meanProfileBytes(policy: Policy, people: readonly string[]): number | null {
  const step = Math.max(1, Math.floor(people.length / MEASURED_PROFILES))
  const measured = people.filter((_, index) => index % step === 0).map((userId) => policy.profileBytes(userId))
  const bytes = measured.filter((each) => each !== null)
  return bytes.length === 0 ? null : bytes.reduce((sum, each) => sum + each, 0) / bytes.length
}
