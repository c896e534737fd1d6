import { decodeBase64url } from '../kernel/base64url.js'
import { parseId, type ServiceKeyId } from '../kernel/ids.js'
import {
  shownServiceKey,
  type ServiceKeyPage,
  type ServiceKeyStore,
  type ShownServiceKey,
} from '../service-keys/index.js'

export interface FindServiceKeysDeps {
  readonly serviceKeys: Pick<ServiceKeyStore, 'list'>
}

export interface FoundServiceKeys {
  readonly keys: readonly { readonly cursor: string; readonly key: ShownServiceKey }[]
  readonly hasNextPage: boolean
}

/** A page of service keys, newest first. Null when the cursor is not one of ours. */
export async function findServiceKeys(
  deps: FindServiceKeysDeps,
  input: { readonly first: number; readonly after: string | null },
): Promise<FoundServiceKeys | null> {
  const after = input.after === null ? null : readCursor(input.after)
  if (input.after !== null && after === null) return null
  const found = await deps.serviceKeys.list({ first: input.first + 1, after })
  const keys = found.slice(0, input.first).map((key) => ({ cursor: writeCursor(key), key: shownServiceKey(key) }))
  return { keys, hasNextPage: found.length > input.first }
}

const writeCursor = ({ createdAt, id }: Pick<ShownServiceKey, 'createdAt' | 'id'>): string =>
  Buffer.from(`${createdAt.getTime()} ${id}`).toString('base64url')

function readCursor(cursor: string): ServiceKeyPage['after'] {
  const [, time, idText] = /^([0-9]{1,15}) (\S+)$/.exec(decodeBase64url(cursor)?.toString('utf8') ?? '') ?? []
  const id = parseId<ServiceKeyId>(idText)
  return time && id ? { createdAt: new Date(Number(time)), id } : null
}
