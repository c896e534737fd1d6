import { numericAddress, parsePrefix, prefixMap, type PrefixMap } from '../../networks/index.js'
import { countsAt, type ListEntry, type ListSubject } from './list-entry.js'

/** Where a request comes from, as far as it is known. */
export interface ListedFrom {
  readonly address: string
  readonly asn: number | null
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null
  readonly deviceId: string | null
}

export type ListJudgement =
  | { readonly verdict: 'blocked' | 'allowed'; readonly entry: ListEntry }
  | { readonly verdict: 'none'; readonly entry: null }

/** Entries indexed for lookup. Building the index takes longer than a lookup. */
export interface ListIndex {
  readonly prefixes: PrefixMap<ListEntry>
  readonly others: ReadonlyMap<string, readonly ListEntry[]>
  readonly size: number
}

const NOT_LISTED: ListJudgement = { verdict: 'none', entry: null }

/** What the lists say. Pure; for a single lookup in few entries. */
export function judgeLists(entries: readonly ListEntry[], from: ListedFrom, now: Date): ListJudgement {
  return judgeIndexed(indexLists(entries), from, now)
}

export function indexLists(entries: readonly ListEntry[]): ListIndex {
  const others = new Map<string, ListEntry[]>()
  const prefixed = entries.flatMap((entry) => {
    const prefix = entry.kind === 'ADDRESS' ? parsePrefix(entry.value) : null
    return prefix === null ? [] : [[prefix, entry] as const]
  })
  for (const entry of entries) {
    if (entry.kind === 'ADDRESS') continue
    const known = others.get(keyOf(entry))
    if (known) known.push(entry)
    else others.set(keyOf(entry), [entry])
  }
  return { prefixes: prefixMap(prefixed), others, size: entries.length }
}

/**
 * The most specific entry in force decides about the network: the longest prefix, then the AS number, then the country.
 * The device is judged separately. If the two disagree, block wins, as it does between equally specific entries.
 */
export function judgeIndexed(index: ListIndex, from: ListedFrom, now: Date): ListJudgement {
  const network = networkEntry(index, from, now)
  const device = from.deviceId === null ? null : otherEntry(index, { kind: 'DEVICE', value: from.deviceId }, now)
  const entry = stricter(device, network)
  if (entry === null) return NOT_LISTED
  return { verdict: entry.verdict === 'BLOCK' ? 'blocked' : 'allowed', entry }
}

function networkEntry(index: ListIndex, { address, asn, country }: ListedFrom, now: Date): ListEntry | null {
  return (
    addressEntry(index, address, now) ??
    (asn === null ? null : otherEntry(index, { kind: 'ASN', value: `AS${asn}` }, now)) ??
    (country === null ? null : otherEntry(index, { kind: 'COUNTRY', value: country }, now))
  )
}

function addressEntry({ prefixes }: ListIndex, text: string, now: Date): ListEntry | null {
  const address = numericAddress(text)
  // An expired entry must not hide a wider one that is still in force.
  for (let node = address && prefixes.find(address); node !== null; node = node.parent) {
    const found = strictestOf(node.values, now)
    if (found !== null) return found
  }
  return null
}

const otherEntry = ({ others }: ListIndex, subject: ListSubject, now: Date): ListEntry | null =>
  strictestOf(others.get(keyOf(subject)) ?? [], now)

const strictestOf = (entries: readonly ListEntry[], now: Date): ListEntry | null =>
  entries.filter((entry) => countsAt(entry, now)).reduce<ListEntry | null>(stricter, null)

function stricter(a: ListEntry | null, b: ListEntry | null): ListEntry | null {
  if (a === null || b === null) return a ?? b
  return b.verdict === 'BLOCK' && a.verdict !== 'BLOCK' ? b : a
}

const keyOf = ({ kind, value }: ListSubject): string => `${kind} ${value}`
