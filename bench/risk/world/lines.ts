import type { AddressSpace, Located } from './address-space.js'
import { createRandom, type Random } from './random.js'
import type { WorldSettings } from './settings.js'
import { DAY_MS } from './time.js'

/** A connection to the internet whose address changes now and then. It may be shared. */
export interface Line {
  current: Located
  changesAt: number
  /** Changes a day. */
  readonly hazard: number
  readonly change: (before: Located, random: Random) => Located
  /** Its own, so that its addresses do not depend on who looks when. */
  readonly random: Random
}

/** The line's address at this moment. Moments must not go backwards. */
export function addressOf(line: Line, at: number): Located {
  // So many changes are as good as one, and the hazard has no memory.
  if (((at - line.changesAt) / DAY_MS) * line.hazard > COUNTED_CHANGES) line.changesAt = at
  while (line.changesAt <= at) {
    line.current = line.change(line.current, line.random)
    line.changesAt += line.random.exponential(DAY_MS / line.hazard)
  }
  return line.current
}

const COUNTED_CHANGES = 20

/** Half of the time a provider gives another address of the same pool, otherwise one of another pool nearby. */
const SAME_POOL = 0.5
const POOL_BITS = 12

export function fixedLine(
  world: { readonly settings: WorldSettings; readonly space: AddressSpace },
  country: string,
  at: number,
  random: Random,
): Line {
  const { space, settings } = world
  const change = (before: Located, stream: Random): Located =>
    stream.chance(SAME_POOL) ? space.drawBeside(before, POOL_BITS, stream) : space.drawNear(before, stream)
  return startedLine(space.draw(country, 'fixed', random), settings.fixedLineHazardPerDay, change, at, random)
}

/** An office keeps its address for years; a third of them runs a network of its own. */
export function officeLine(space: AddressSpace, country: string, at: number, random: Random): Line {
  const kind = random.chance(1 / 3) ? 'business' : 'fixed'
  const first = space.draw(country, kind, random)
  return startedLine(first, 1 / 1500, (before, stream) => space.drawNear(before, stream), at, random)
}

/** A subscription for a phone. Behind CGNAT it leaves through addresses that many share. */
export function mobileLine(
  world: { readonly settings: WorldSettings; readonly space: AddressSpace },
  country: string,
  sharesAddresses: boolean,
  at: number,
  random: Random,
): Line {
  const { space, settings } = world
  const hazard = mobileHazard(settings.mobileSurvival, random)
  const first = space.draw(country, 'mobile', random)
  if (!sharesAddresses || first.asn === null) {
    const change = (before: Located, stream: Random): Located => space.drawNear(before, stream)
    return startedLine(first, hazard, change, at, random)
  }
  const exits = space.exits(first.country, first.asn, settings.cgnatAddressesPerCarrier)
  return startedLine(random.pick(exits), hazard, (_before, stream) => stream.pick(exits), at, random)
}

function startedLine(current: Located, hazard: number, change: Line['change'], at: number, random: Random): Line {
  const own = createRandom(random.id())
  return { current, changesAt: at + own.exponential(DAY_MS / hazard), hazard, change, random: own }
}

/**
 * Carriers differ so much that one hazard cannot be right on the first day and on the thirtieth. Both are met when
 * hazards are positive stable: then exp(-c·t^α) of all addresses survive t days. Drawn by Kanter's method.
 */
export function mobileHazard(survival: WorldSettings['mobileSurvival'], random: Random): number {
  const lostInOne = -Math.log(survival.oneDay)
  const alpha = Math.log(-Math.log(survival.thirtyDays) / lostInOne) / Math.log(30)
  const angle = Math.PI * random.between(1e-9, 1 - 1e-9)
  const rest = (1 - alpha) / alpha
  const stable =
    (Math.sin(alpha * angle) / Math.sin(angle) ** (1 / alpha)) *
    (Math.sin((1 - alpha) * angle) / Math.max(random.exponential(1), 1e-12)) ** rest
  return lostInOne ** (1 / alpha) * stable
}
