import type { Factor } from '../../factors/index.js'
import type { Value } from '../collection.js'
import { withoutEmpty } from './without-empty.js'

type Stored = Readonly<Record<string, unknown>>

/** A factor as it is stored, under its id or, while it waits for its first proof, under its type. */
export const compactFactor = ({ id, material, ...factor }: Factor, key: string): Value => ({
  ...withoutEmpty({ ...factor, ...(id === key ? {} : { id }) }),
  // Also if it is empty: a factor without material is a summary.
  material,
})

/** The factor, or its summary if only that was read, from its stored form or an older one. */
export function readFactor(key: string, stored: Stored): Factor {
  const usual = 'material' in stored ? USUAL : SUMMARY
  return { id: key, ...usual, ...stored } as unknown as Factor
}

const SUMMARY = { activatedAt: null, lastUsedAt: null, expiresAt: null, hint: null } as const
const USUAL = { ...SUMMARY, replaces: null } as const
