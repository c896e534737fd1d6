import type { Clock } from '../../kernel/clock.js'
import { refuse, refuseUntil, type Refusal } from '../../kernel/refusal.js'
import { ClientGone, type TurnAsked, type Turns } from '../../kernel/turns.js'
import { LANES, placeOf, type Lane } from './lanes.js'
import { waitingLine, type Waiting, type WaitingLine } from './waiting-line.js'

export interface TurnSettings {
  /** How many callers have their turn at the same time. */
  readonly atOnce: number
  /** How many of them only known devices can have. At least one is left for all others. */
  readonly keptForKnown: number
  /** How long a caller waits at most. */
  readonly waitSeconds: number
  /** How many callers wait in each lane at most. */
  readonly mostWaiting: Readonly<Record<Lane, number>>
}

export interface TurnsDeps {
  readonly clock: Clock
  /** Whether an account has signed in from this network before. Answers from memory. */
  readonly isKnownNetwork: (address: string) => boolean
  /** Called before a caller is refused because of the others in the lane. */
  readonly onFull: (lane: Lane, asked: TurnAsked) => Promise<void>
}

export interface ClosableTurns extends Turns {
  /** Refuses everybody who waits, and from now on everybody who would have to. */
  close(): void
}

/** A lane is not passed over more often than this in a row. */
const PATIENCE = 7

interface InLine extends Waiting {
  start(): void
  refuse(why: 'full' | 'gone' | 'closed'): void
}

interface LaneState {
  readonly name: Lane
  readonly line: WaitingLine<InLine>
  /** How often another lane went first while this one waited. */
  passedOver: number
}

/**
 * Callers take turns by lane. Known devices go first, and others never have all turns at once. Every
 * eighth turn goes to a lane that was passed over, so no lane waits for ever. Waiting callers are looked at whenever a
 * turn ends or a caller comes, so no timer is needed.
 */
export function createTurns(deps: TurnsDeps, settings: TurnSettings): ClosableTurns {
  const lanes = LANES.map((name): LaneState => {
    return { name, line: waitingLine(settings.mostWaiting[name]), passedOver: 0 }
  })
  const mostOthers = Math.max(1, settings.atOnce - settings.keptForKnown)
  let known = 0
  let others = 0
  let isClosed = false

  const hasTurn = (lane: Lane): boolean =>
    known + others < settings.atOnce && (lane === 'known-device' || others < mostOthers)

  function begin(lane: Lane): void {
    if (lane === 'known-device') known += 1
    else others += 1
  }

  function end(lane: Lane): void {
    if (lane === 'known-device') known -= 1
    else others -= 1
    dismiss()
    while (startNext()) continue
  }

  function startNext(): boolean {
    const eligible = lanes.filter(({ name, line }) => line.size() > 0 && hasTurn(name))
    const chosen = eligible.find(({ passedOver }) => passedOver >= PATIENCE) ?? eligible[0]
    const caller = chosen?.line.next()
    if (!chosen || !caller) return false
    for (const lane of eligible) lane.passedOver += 1
    chosen.passedOver = 0
    begin(chosen.name)
    caller.start()
    return true
  }

  function dismiss(): void {
    const since = deps.clock.now().getTime() - settings.waitSeconds * 1000
    for (const { line } of lanes) {
      for (const caller of line.leaving(since)) caller.refuse(caller.isGone() ? 'gone' : 'full')
    }
  }

  function wait({ line, name }: LaneState, asked: TurnAsked, sharer: string): Promise<void> {
    return new Promise((start, fail) => {
      const refuseFor = {
        full: () => void deps.onFull(name, asked).then(() => fail(tooMany(settings)), fail),
        gone: () => fail(new ClientGone()),
        closed: () => fail(refuse('UNAVAILABLE')),
      }
      const caller: InLine = {
        ...{ sharer, used: asked.used, since: deps.clock.now().getTime(), start },
        isGone: () => name !== 'known-device' && asked.isGone?.() === true,
        refuse: (why) => refuseFor[why](),
      }
      if (isClosed) return caller.refuse('closed')
      dismiss()
      line.add(caller)?.refuse('full')
    })
  }

  return {
    take: async (asked, work) => {
      const { lane, sharer } = placeOf(asked, deps.isKnownNetwork)
      if (hasTurn(lane)) begin(lane)
      else await wait(lanes[LANES.indexOf(lane)] as LaneState, asked, sharer)
      try {
        return await work()
      } finally {
        end(lane)
      }
    },
    close: () => {
      isClosed = true
      for (const { line } of lanes) for (const caller of line.clear()) caller.refuse('closed')
    },
  }
}

/** The same for every name and every caller. */
const tooMany = ({ waitSeconds }: TurnSettings): Refusal => refuseUntil('RATE_LIMITED', waitSeconds)
