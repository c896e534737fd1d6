import type { Random } from './random.js'
import { byShare, type Draw } from './weighted.js'

/** What devices bought and set up in a country look like. */
export interface CountryHabits {
  readonly drawLanguage: Draw<string>
  /** IANA name; people spread over a country's zones about as they live there. */
  readonly drawZone: Draw<string>
  /** Share of phones that are iPhones. */
  readonly iphones: number
}

/** Hours that standard time is ahead of UTC. Summer time is left out: it would move every person's rhythm alike. */
export function hoursAheadOf(zone: string): number {
  return HOURS_AHEAD[zone] ?? 0
}

export function habitsOf(country: string): CountryHabits {
  return HABITS.get(country) ?? HABITS.get('US')!
}

/** The zone a device sets itself to in a country it has just come to. */
export const zoneIn = (country: string, random: Random): string => habitsOf(country).drawZone(random)

type Shares = Readonly<Record<string, number>>

const HOURS_AHEAD: Shares = {
  'America/New_York': -5,
  'America/Chicago': -6,
  'America/Denver': -7,
  'America/Los_Angeles': -8,
  'America/Toronto': -5,
  'America/Vancouver': -8,
  'America/Mexico_City': -6,
  'America/Sao_Paulo': -3,
  'America/Manaus': -4,
  'America/Argentina/Buenos_Aires': -3,
  'Europe/London': 0,
  'Europe/Lisbon': 0,
  'Europe/Berlin': 1,
  'Europe/Paris': 1,
  'Europe/Madrid': 1,
  'Europe/Rome': 1,
  'Europe/Amsterdam': 1,
  'Europe/Warsaw': 1,
  'Europe/Oslo': 1,
  'Europe/Vienna': 1,
  'Europe/Bucharest': 2,
  'Europe/Athens': 2,
  'Europe/Kyiv': 2,
  'Europe/Istanbul': 3,
  'Europe/Moscow': 3,
  'Africa/Lagos': 1,
  'Asia/Dubai': 4,
  'Asia/Karachi': 5,
  'Asia/Kolkata': 5.5,
  'Asia/Bangkok': 7,
  'Asia/Ho_Chi_Minh': 7,
  'Asia/Jakarta': 7,
  'Asia/Shanghai': 8,
  'Asia/Tokyo': 9,
  'Australia/Sydney': 10,
  'Australia/Perth': 8,
}

const TABLE: Readonly<Record<string, readonly [languages: Shares, zones: Shares, iphones: number]>> = {
  US: [
    { 'en-US': 0.88, 'es-US': 0.09, 'zh-CN': 0.03 },
    { 'America/New_York': 0.47, 'America/Chicago': 0.29, 'America/Denver': 0.07, 'America/Los_Angeles': 0.17 },
    0.58,
  ],
  DE: [{ 'de-DE': 0.9, 'en-US': 0.06, 'tr-TR': 0.04 }, { 'Europe/Berlin': 1 }, 0.39],
  GB: [{ 'en-GB': 0.94, 'en-US': 0.04, 'pl-PL': 0.02 }, { 'Europe/London': 1 }, 0.5],
  FR: [{ 'fr-FR': 0.95, 'en-US': 0.05 }, { 'Europe/Paris': 1 }, 0.36],
  BR: [{ 'pt-BR': 0.98, 'en-US': 0.02 }, { 'America/Sao_Paulo': 0.92, 'America/Manaus': 0.08 }, 0.19],
  IN: [{ 'en-IN': 0.55, 'en-US': 0.2, 'en-GB': 0.1, 'hi-IN': 0.15 }, { 'Asia/Kolkata': 1 }, 0.05],
  ES: [{ 'es-ES': 0.88, 'ca-ES': 0.08, 'en-US': 0.04 }, { 'Europe/Madrid': 1 }, 0.27],
  IT: [{ 'it-IT': 0.96, 'en-US': 0.04 }, { 'Europe/Rome': 1 }, 0.31],
  JP: [{ 'ja-JP': 0.97, 'en-US': 0.03 }, { 'Asia/Tokyo': 1 }, 0.62],
  NL: [{ 'nl-NL': 0.82, 'en-US': 0.12, 'en-GB': 0.06 }, { 'Europe/Amsterdam': 1 }, 0.41],
  PL: [{ 'pl-PL': 0.93, 'en-US': 0.04, 'uk-UA': 0.03 }, { 'Europe/Warsaw': 1 }, 0.15],
  MX: [{ 'es-MX': 0.93, 'en-US': 0.07 }, { 'America/Mexico_City': 1 }, 0.24],
  CA: [{ 'en-CA': 0.62, 'en-US': 0.17, 'fr-CA': 0.21 }, { 'America/Toronto': 0.8, 'America/Vancouver': 0.2 }, 0.6],
  AU: [{ 'en-AU': 0.8, 'en-US': 0.08, 'en-GB': 0.12 }, { 'Australia/Sydney': 0.88, 'Australia/Perth': 0.12 }, 0.59],
  TR: [{ 'tr-TR': 0.97, 'en-US': 0.03 }, { 'Europe/Istanbul': 1 }, 0.17],
  NO: [{ 'nb-NO': 0.88, 'en-US': 0.12 }, { 'Europe/Oslo': 1 }, 0.62],
  PT: [{ 'pt-PT': 0.94, 'en-GB': 0.06 }, { 'Europe/Lisbon': 1 }, 0.3],
  AT: [{ 'de-AT': 0.7, 'de-DE': 0.24, 'en-US': 0.06 }, { 'Europe/Vienna': 1 }, 0.4],
  GR: [{ 'el-GR': 0.9, 'en-US': 0.1 }, { 'Europe/Athens': 1 }, 0.2],
  RO: [{ 'ro-RO': 0.85, 'en-US': 0.15 }, { 'Europe/Bucharest': 1 }, 0.22],
  UA: [{ 'uk-UA': 0.8, 'ru-RU': 0.14, 'en-US': 0.06 }, { 'Europe/Kyiv': 1 }, 0.25],
  RU: [{ 'ru-RU': 0.97, 'en-US': 0.03 }, { 'Europe/Moscow': 1 }, 0.27],
  CN: [{ 'zh-CN': 0.97, 'en-US': 0.03 }, { 'Asia/Shanghai': 1 }, 0.24],
  VN: [{ 'vi-VN': 0.92, 'en-US': 0.08 }, { 'Asia/Ho_Chi_Minh': 1 }, 0.36],
  TH: [{ 'th-TH': 0.9, 'en-US': 0.1 }, { 'Asia/Bangkok': 1 }, 0.32],
  ID: [{ 'id-ID': 0.9, 'en-US': 0.1 }, { 'Asia/Jakarta': 1 }, 0.12],
  NG: [{ 'en-US': 0.6, 'en-GB': 0.4 }, { 'Africa/Lagos': 1 }, 0.12],
  PK: [{ 'en-US': 0.7, 'en-GB': 0.2, 'ur-PK': 0.1 }, { 'Asia/Karachi': 1 }, 0.05],
  AR: [{ 'es-AR': 0.92, 'es-419': 0.08 }, { 'America/Argentina/Buenos_Aires': 1 }, 0.12],
  AE: [{ 'en-US': 0.5, 'ar-AE': 0.3, 'en-GB': 0.2 }, { 'Asia/Dubai': 1 }, 0.35],
}

const HABITS: ReadonlyMap<string, CountryHabits> = new Map(
  Object.entries(TABLE).map(([country, [languages, zones, iphones]]) => [
    country,
    { drawLanguage: byShare(languages), drawZone: byShare(zones), iphones },
  ]),
)
