import type { AddressSpace } from './address-space.js'
import { habitsOf } from './countries.js'
import { createDevices, startDevices, type Device } from './devices.js'
import { fixedLine, mobileLine, officeLine, type Line } from './lines.js'
import type { Person } from './person.js'
import { createRandom, type Random } from './random.js'
import { createRhythm, officeShare } from './rhythm.js'
import type { GapClass, PrivacyHabit, WorldSettings } from './settings.js'
import { nextTrip } from './trips.js'
import { byShare, zipf } from './weighted.js'

export interface World {
  readonly settings: WorldSettings
  readonly space: AddressSpace
}

/** All people, as they are when the simulation starts. */
export function createPeople(world: World, seed: number): readonly Person[] {
  const random = createRandom(seed, 'people')
  const draws = drawsOf(world)
  const offices = new Map<string, Office>()
  const people: Person[] = []
  while (people.length < world.settings.people) {
    const household = createHousehold(world, draws.country(random), random)
    for (let member = 0; member < household.size && people.length < world.settings.people; member++) {
      const own = createRandom(seed, 'person', people.length)
      people.push(createPerson({ world, draws, household, offices, index: people.length, random: own }))
    }
  }
  return people
}

interface Draws {
  readonly country: (random: Random) => string
  readonly gapClass: (random: Random) => GapClass
  readonly privacy: (random: Random) => PrivacyHabit
}

interface Household {
  readonly country: string
  readonly size: number
  readonly home: Line
  readonly zone: string
  /** What all of them use; null in most. */
  readonly sharedDevice: Device | null
}

interface Office {
  readonly line: Line
  seatsLeft: number
}

/** People who live together number two to four, with the mean that makes the share of people come out. */
const MEAN_HOUSEHOLD = 3
const GAP_SPREAD = 0.3

function drawsOf({ settings, space }: World): Draws {
  const known = settings.countries.filter((country) => space.countries.includes(country))
  return {
    country: zipf(known, settings.countryExponent),
    gapClass: byShare<GapClass>(mapShares(settings.gaps)),
    privacy: byShare<PrivacyHabit>(mapShares(settings.privateWindows)),
  }
}

const mapShares = <K extends string>(table: Readonly<Record<K, { readonly share: number }>>): Record<K, number> =>
  Object.fromEntries(Object.entries<{ share: number }>(table).map(([key, { share }]) => [key, share])) as Record<
    K,
    number
  >

function createHousehold(world: World, country: string, random: Random): Household {
  const { settings } = world
  // Of drawn households a share s has several members, so that s·3 / (s·3 + 1 − s) of all people live in one.
  const people = settings.householdShare
  const isShared = random.chance(people / (people + MEAN_HOUSEHOLD * (1 - people)))
  const size = isShared ? 2 + random.below(3) : 1
  const sharesDevice = isShared && random.chance(settings.sharedDeviceShare / people)
  const [sharedDevice = null] = sharesDevice ? startedDevices(settings, country, random) : []
  return {
    country,
    size,
    home: fixedLine(world, country, settings.startsAt, random),
    zone: habitsOf(country).drawZone(random),
    sharedDevice,
  }
}

interface PersonInput {
  readonly world: World
  readonly draws: Draws
  readonly household: Household
  readonly offices: Map<string, Office>
  readonly index: number
  readonly random: Random
}

function createPerson({ world, draws, household, offices, index, random }: PersonInput): Person {
  const { settings, space } = world
  const { country, zone } = household
  const gapClass = draws.gapClass(random)
  const rhythm = createRhythm(random)
  const isBehindCgnat = random.chance(settings.cgnatShare)
  const devices = startedDevices(settings, country, random)
  return {
    userId: `u${index}`,
    country,
    zone,
    language: habitsOf(country).drawLanguage(random),
    random,
    gapClass,
    // People of a class differ, and their rates average to that of the class.
    meanGapDays: settings.gaps[gapClass].meanDays / random.between(1 - GAP_SPREAD, 1 + GAP_SPREAD),
    rhythm,
    officeShare: officeShare(rhythm),
    privacy: draws.privacy(random),
    home: household.home,
    work: seatIn(offices, world, country, random),
    mobile: mobileLine(world, country, isBehindCgnat, settings.startsAt, random),
    isBehindCgnat,
    others: [0, 1].map(() => fixedLine(world, country, settings.startsAt, random)),
    devices: household.sharedDevice ? [household.sharedDevice, ...devices.slice(1)] : devices,
    vpnExits: random.chance(settings.vpnPeopleShare) ? vpnExitsFor(world, country, random) : null,
    trip: nextTrip(settings, space, country, settings.startsAt, random),
  }
}

function startedDevices(settings: WorldSettings, country: string, random: Random): readonly Device[] {
  const devices = createDevices(settings, country, settings.startsAt, random)
  startDevices(settings, devices, settings.startsAt, random)
  return devices
}

/** Colleagues leave through the same address. */
function seatIn(offices: Map<string, Office>, { settings, space }: World, country: string, random: Random): Line {
  const known = offices.get(country)
  if (known && known.seatsLeft > 0) {
    known.seatsLeft--
    return known.line
  }
  const office = { line: officeLine(space, country, settings.startsAt, random), seatsLeft: settings.officeSize - 1 }
  offices.set(country, office)
  return office.line
}

/** How many addresses a provider has in a country, for all of its customers. */
export const EXITS_PER_PROVIDER = 40

function vpnExitsFor({ settings, space }: World, country: string, random: Random): Person['vpnExits'] {
  const exitCountry = random.chance(settings.vpnHomeExitShare) ? country : random.pick(space.countries)
  return space.exits(exitCountry, random.pick(space.vpnNetworks(exitCountry)), EXITS_PER_PROVIDER)
}
