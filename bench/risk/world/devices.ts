import { habitsOf } from './countries.js'
import { drawDesktop, drawFamily, type BrowserFamily, type Platform } from './browsers.js'
import type { Random } from './random.js'
import type { WorldSettings } from './settings.js'
import { DAY_MS } from './time.js'

export type DeviceForm = 'phone' | 'laptop' | 'desktop' | 'tablet'

/** A thing with browsers on it. It belongs to one person or, seldom, to a household. */
export interface Device {
  readonly form: DeviceForm
  platform: Platform
  browsers: readonly BrowserOnDevice[]
  replacedAt: number
}

export interface BrowserOnDevice {
  readonly family: BrowserFamily
  readonly lagMs: number
  /** The cookie jar: a new one each time the cookies are gone. */
  jar: string
  jarLostAt: number
}

/** Devices as their owner got them, the most used first. */
export function createDevices(settings: WorldSettings, country: string, at: number, random: Random): Device[] {
  return formsOf(settings, random).map((form) => {
    const platform = platformOf(form, country, random)
    return { form, platform, browsers: browsersOn(settings, platform, null, at, random), replacedAt: 0 }
  })
}

/** Starts the clock of each device somewhere within its life. */
export function startDevices(settings: WorldSettings, devices: readonly Device[], at: number, random: Random): void {
  for (const device of devices) device.replacedAt = at + random.exponential(settings.deviceLifeDays * DAY_MS)
}

/** Brings a device to the present: it may have been replaced since, and its cookies lost. */
export function ageDevice(settings: WorldSettings, device: Device, country: string, at: number, random: Random): void {
  while (device.replacedAt <= at) replace(settings, device, country, random)
  for (const browser of device.browsers) {
    if (browser.jarLostAt > at) continue
    browser.jar = random.id()
    // No memory: what else happened since the loss makes no difference.
    browser.jarLostAt = at + random.exponential(settings.cookieLifeDays * DAY_MS)
  }
}

const KEEPS_PLATFORM = 0.85
const KEEPS_BROWSER = 0.85
const SECOND_BROWSER_USE = 0.15

export function drawBrowser(device: Device, random: Random): BrowserOnDevice {
  const [first, second] = device.browsers
  return second && random.chance(SECOND_BROWSER_USE) ? second : first!
}

/** A device of this form bought in this country. */
export function platformOf(form: DeviceForm, country: string, random: Random): Platform {
  const isApple = random.chance(habitsOf(country).iphones)
  if (form === 'phone') return isApple ? 'ios' : 'android'
  if (form === 'tablet') return isApple ? 'ipados' : 'android-tablet'
  return drawDesktop(random)
}

function replace(settings: WorldSettings, device: Device, country: string, random: Random): void {
  const at = device.replacedAt
  if (!random.chance(KEEPS_PLATFORM)) device.platform = platformOf(device.form, country, random)
  device.browsers = browsersOn(settings, device.platform, device.browsers[0]!.family, at, random)
  device.replacedAt = at + random.exponential(settings.deviceLifeDays * DAY_MS)
}

function browsersOn(
  settings: WorldSettings,
  platform: Platform,
  before: BrowserFamily | null,
  at: number,
  random: Random,
): readonly BrowserOnDevice[] {
  const drawn = drawFamily(platform, random)
  const isKept = before !== null && random.chance(KEEPS_BROWSER) && runsOn(before, platform)
  const families = [isKept ? before : drawn]
  if (random.chance(settings.secondBrowserShare)) families.push(drawFamily(platform, random))
  return [...new Set(families)].map((family) => ({
    family,
    lagMs: random.next() * settings.browserLagDays * DAY_MS,
    jar: random.id(),
    jarLostAt: at + random.exponential(settings.cookieLifeDays * DAY_MS),
  }))
}

function runsOn(family: BrowserFamily, platform: Platform): boolean {
  if (family === 'safari') return ['macos', 'ios', 'ipados'].includes(platform)
  if (family === 'samsung') return platform === 'android' || platform === 'android-tablet'
  return family !== 'edge' || platform === 'windows' || platform === 'macos' || platform === 'android'
}

function formsOf(settings: WorldSettings, random: Random): readonly DeviceForm[] {
  const computer: DeviceForm = random.chance(0.65) ? 'laptop' : 'desktop'
  const [one = 0, two = 0] = settings.deviceCounts
  const draw = random.next()
  if (draw < one) return [random.chance(0.5) ? 'phone' : computer]
  const pair: readonly DeviceForm[] = random.chance(0.5) ? ['phone', computer] : [computer, 'phone']
  if (draw < one + two) return pair
  return [...pair, random.chance(0.5) ? 'tablet' : 'laptop']
}
