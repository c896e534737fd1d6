import { decodeBase64url } from '../kernel/base64url.js'
import type { Account, AccountStore, NewPage } from '../accounts/index.js'
import { parseId, type AccountId } from '../kernel/ids.js'

export interface FindAccountsDeps {
  readonly accounts: Pick<AccountStore, 'list'>
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

/** A page of accounts, newest first. Null when the cursor is not one of ours. */
export async function findAccounts(deps: FindAccountsDeps, input: FindAccountsInput): Promise<FoundAccounts | null> {
  const after = input.after === null ? null : readCursor(input.after)
  if (input.after !== null && after === null) return null
  const prefix = input.search === null ? null : input.search.normalize('NFKC').toLowerCase()
  const found = await deps.accounts.list({ first: input.first + 1, after }, prefix)
  const accounts = found.slice(0, input.first).map((account) => ({ cursor: writeCursor(account), account }))
  return { accounts, hasNextPage: found.length > input.first }
}

function writeCursor({ createdAt, id }: Account): string {
  return Buffer.from(`${createdAt.getTime()} ${id}`).toString('base64url')
}

function readCursor(cursor: string): NewPage['after'] {
  const [time = '', idText] = (decodeBase64url(cursor)?.toString('utf8') ?? '').split(' ')
  const id = parseId<AccountId>(idText)
  const createdAt = new Date(/^[0-9]{1,15}$/.test(time) ? Number(time) : NaN)
  return id && !Number.isNaN(createdAt.getTime()) ? { createdAt, id } : null
}
