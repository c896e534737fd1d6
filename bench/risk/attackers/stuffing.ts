import type { TrueEvent } from '../event.js'
import type { Located } from '../world/address-space.js'
import { userAgentOf, type Client } from '../world/browsers.js'
import type { NetworkKind } from '../world/network-kind.js'
import type { Person } from '../world/person.js'
import { DAY_MS, WEEK_MS } from '../world/time.js'
import { byShare } from '../world/weighted.js'
import type { AttackTools } from './attacker.js'

/** What is planned for a moment: it answers with the attempts, none of them earlier. */
export interface PlannedAttack {
  readonly at: number
  readonly run: (at: number) => readonly TrueEvent[]
}

const MOST_TRIES = 3
const BOT_KINDS = byShare<NetworkKind>({ fixed: 0.55, mobile: 0.15, hosting: 0.3 })
/** What the program calls itself, changed once a campaign at most. */
const COSTUMES: readonly Client[] = [
  { platform: 'windows', family: 'chrome' },
  { platform: 'windows', family: 'firefox' },
  { platform: 'macos', family: 'chrome' },
  { platform: 'android', family: 'chrome' },
]

/**
 * Lists of leaked passwords, tried slowly from many machines so that no counter of one address fills: one to three
 * guesses an account, weeks long. Few are right. The program runs no scripts, so it tells no time zone.
 */
export function planStuffing(tools: AttackTools, accounts: readonly Person[]): readonly PlannedAttack[] {
  const { settings, random } = tools
  const { campaign, stuffingHitRate } = settings.attacks
  const startsAt = settings.startsAt + campaign.from * WEEK_MS
  const lengthMs = (campaign.until - campaign.from) * WEEK_MS
  const bots = createBots(tools)
  return accounts.flatMap((account) => {
    const tries = 1 + random.below(MOST_TRIES)
    return Array.from({ length: tries }, () => {
      const successful = random.chance(stuffingHitRate)
      const bot = random.pick(bots)
      const at = Math.floor(startsAt + random.next() * lengthMs)
      return { at, run: () => [attemptBy(bot, account.userId, at, successful)] }
    })
  })
}

interface Bot {
  readonly network: Located
  readonly client: Client
  readonly lagMs: number
}

function createBots({ space, settings, random }: AttackTools): readonly Bot[] {
  return Array.from({ length: Math.max(Math.round(settings.attacks.botnetShare * settings.people), 1) }, () => ({
    network: space.draw(random.pick(space.countries), BOT_KINDS(random), random),
    client: random.pick(COSTUMES),
    lagMs: random.next() * 120 * DAY_MS,
  }))
}

function attemptBy(bot: Bot, userId: string, at: number, successful: boolean): TrueEvent {
  const { address, country, asn, place } = bot.network
  const event = {
    at,
    userId,
    address,
    country,
    asn,
    place,
    userAgent: userAgentOf(bot.client, at, bot.lagMs),
    cookie: null,
    deviceToken: null,
    language: 'en-US',
    timeZone: '',
    successful,
  }
  return { event, truth: { attacker: STUFFING, groups: ['campaign'] } }
}

export const STUFFING = 'stuffing'
