import { decodeBase64url } from '../kernel/base64url.js'
import type { Account, AccountStore, NewPage } from '../accounts/index.js'
import { parseId, type AccountId } from '../kernel/ids.js'

export interface FindAccountsDeps {
  readonly accounts: Pick<AccountStore, 'list' | 'search'>
}

export interface FindAccountsInput {
  /** The beginning of the address; null for every account. */
  readonly search: string | null
  readonly first: number
  readonly after: string | null
}

export interface FoundAccounts {
  readonly accounts: readonly { readonly cursor: string; readonly account: Account }[]
  readonly hasNextPage: boolean
}

/** A page of accounts: newest first, or by address if one is searched for. Null when the cursor is not one of ours. */
export async function findAccounts(deps: FindAccountsDeps, input: FindAccountsInput): Promise<FoundAccounts | null> {
  const { search, first, after } = input
  // One more than asked for tells whether there is more.
  const size = first + 1
  if (search === null) {
    const place = after === null ? null : readMoment(after)
    if (after !== null && place === null) return null
    return pageOf(await deps.accounts.list({ first: size, after: place }), first, writeMoment)
  }
  const prefix = search.normalize('NFKC').toLowerCase()
  const place = after === null ? null : readAddress(after, prefix)
  if (after !== null && place === null) return null
  return pageOf(await deps.accounts.search(prefix, { first: size, after: place }), first, writeAddress)
}

function pageOf(found: readonly Account[], first: number, cursorOf: (account: Account) => string): FoundAccounts {
  const accounts = found.slice(0, first).map((account) => ({ cursor: cursorOf(account), account }))
  return { accounts, hasNextPage: found.length > first }
}

const writeMoment = ({ createdAt, id }: Account): string =>
  Buffer.from(`${createdAt.getTime()} ${id}`).toString('base64url')

function readMoment(cursor: string): NewPage['after'] {
  const [time = '', idText] = (decodeBase64url(cursor)?.toString('utf8') ?? '').split(' ')
  const id = parseId<AccountId>(idText)
  const createdAt = new Date(/^[0-9]{1,15}$/.test(time) ? Number(time) : NaN)
  return id && !Number.isNaN(createdAt.getTime()) ? { createdAt, id } : null
}

const writeAddress = ({ emailKey }: Account): string => Buffer.from(emailKey).toString('base64url')

/** A cursor of a search is an address that was found, so it begins with what is searched for. */
function readAddress(cursor: string, prefix: string): string | null {
  const address = decodeBase64url(cursor)?.toString('utf8') ?? ''
  return address !== '' && address.startsWith(prefix) ? address : null
}
