import { parseEmailAddress } from '../../kernel/email-address.js'
import type { Material } from '../factor.js'

/**
 * What an e-mail factor stores: the destination of codes, and its normalised form for comparison. In plain text, like
 * the account's own.
 */
export type Mailbox = {
  readonly address: string
  readonly addressKey: string
}

/** Null when it is not an address. */
export function parseMailbox(text: string): Mailbox | null {
  const parsed = parseEmailAddress(text)
  return parsed && { address: parsed.written, addressKey: parsed.key }
}

/** Null when the stored material was altered. */
export function readMailbox({ address, addressKey }: Material): Mailbox | null {
  return typeof address === 'string' && typeof addressKey === 'string' ? { address, addressKey } : null
}

/** Enough for its owner to recognise: the first character and the domain. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, 1)}•••${address.slice(at)}`
}
