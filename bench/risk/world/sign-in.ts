import type { SignInEvent, TrueEvent } from '../event.js'
import type { Located } from './address-space.js'
import { userAgentOf } from './browsers.js'
import { hoursAheadOf } from './countries.js'
import type { World } from './create-people.js'
import { ageDevice, drawBrowser, type Device } from './devices.js'
import { groupsOf } from './groups.js'
import { addressOf, fixedLine } from './lines.js'
import type { Person, Spot } from './person.js'
import { isOfficeHour } from './rhythm.js'
import { nextTrip } from './trips.js'

/** One sign-in of a person at this moment, with the right password. Moments must not go backwards. */
export function signIn(world: World, person: Person, at: number): TrueEvent {
  const { random } = person
  planTrips(world, person, at)
  const isTravelling = at >= person.trip.startsAt
  const spot = spotOf(world, person, isTravelling, at)
  const device = deviceFor(person, spot)
  ageDevice(world.settings, device, person.country, at, random)
  const browser = drawBrowser(device, random)
  const isPrivate = random.chance(world.settings.privateWindows[person.privacy].use)
  const isOnVpn = person.vpnExits !== null && random.chance(world.settings.vpnUse)
  const network = isOnVpn ? random.pick(person.vpnExits) : networkAt(world, person, spot, at)
  const event: SignInEvent = {
    at,
    userId: person.userId,
    address: network.address,
    country: network.country,
    asn: network.asn,
    place: network.place,
    userAgent: userAgentOf({ platform: device.platform, family: browser.family }, at, browser.lagMs),
    // What a private window is given is gone when it closes.
    cookie: isPrivate ? random.id() : browser.jar,
    deviceToken: null,
    language: person.language,
    timeZone: isTravelling ? person.trip.zone : person.zone,
    successful: true,
  }
  const isMobile = spot === 'mobile' && !isOnVpn
  const groups = groupsOf(world.settings, person, { at, isTravelling, isMobile, isOnVpn })
  return { event, truth: { attacker: '', groups } }
}

/** How many sign-ins from work fall into office hours. */
const WORK_IN_OFFICE_HOURS = 0.9
const OTHER_KNOWN = 0.7
const HOTEL_ON_TRIP = 0.6
const LOCAL_CARD_ON_TRIP = 0.15

function planTrips({ settings, space }: World, person: Person, at: number): void {
  while (at >= person.trip.endsAt) {
    person.trip = nextTrip(settings, space, person.country, person.trip.endsAt, person.random)
  }
}

/** Over the week this gives the shares of the settings, although people do not work at midnight. */
function spotOf({ settings }: World, person: Person, isTravelling: boolean, at: number): Spot {
  const draw = person.random.next()
  const { work, mobile, other } = settings.places
  if (isTravelling) return draw < 1 - HOTEL_ON_TRIP - LOCAL_CARD_ON_TRIP ? 'mobile' : 'trip'
  if (draw < mobile) return 'mobile'
  if (draw < mobile + other) return 'other'
  const isOffice = isOfficeHour(at, hoursAheadOf(person.zone))
  const share = Math.min(Math.max(person.officeShare, 0.02), 0.98)
  const workNow = isOffice ? (WORK_IN_OFFICE_HOURS * work) / share : ((1 - WORK_IN_OFFICE_HOURS) * work) / (1 - share)
  return draw < mobile + other + workNow ? 'work' : 'home'
}

function networkAt(world: World, person: Person, spot: Spot, at: number): Located {
  const { random, country } = person
  switch (spot) {
    case 'home':
      return addressOf(person.home, at)
    case 'work':
      return addressOf(person.work, at)
    case 'mobile':
      return addressOf(person.mobile, at)
    case 'other':
      return random.chance(OTHER_KNOWN)
        ? addressOf(random.pick(person.others), at)
        : world.space.draw(country, 'fixed', random)
    case 'trip':
      return networkOnTrip(world, person, at)
  }
}

/** Roaming leaves through the home carrier, so only hotels and local cards look foreign. */
function networkOnTrip(world: World, person: Person, at: number): Located {
  const { random, trip } = person
  if (random.chance(LOCAL_CARD_ON_TRIP / (HOTEL_ON_TRIP + LOCAL_CARD_ON_TRIP))) {
    return world.space.draw(trip.country, 'mobile', random)
  }
  trip.hotel ??= fixedLine(world, trip.country, at, random)
  return addressOf(trip.hotel, at)
}

const MAIN_DEVICE = 0.7

/** Phones go everywhere, desktop computers stay at home, and at work most sit before something larger. */
function deviceFor({ devices, random }: Person, spot: Spot): Device {
  const fitting = devices.filter(({ form }) => fits(form, spot))
  const choice = fitting.length > 0 ? fitting : devices
  return choice.length === 1 || random.chance(MAIN_DEVICE) ? choice[0]! : random.pick(choice)
}

function fits(form: Device['form'], spot: Spot): boolean {
  if (spot === 'mobile') return form === 'phone'
  if (spot === 'work') return form !== 'tablet'
  return spot === 'home' || form !== 'desktop'
}
