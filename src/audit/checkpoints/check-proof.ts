import { z } from 'zod'
import type { AuditEvent } from '../audit-event.js'
import { hashOf } from '../chain.js'
import { stateOfParts } from '../personal-parts.js'
import { eventLeaf, hashOfCheckpoint, type Statement } from './checkpoint.js'
import { rootOfPath } from './merkle.js'
import { keyIdOf, readSigned, type FindKey } from './sign-checkpoint.js'

export type CheckProofOutcome =
  | {
      readonly kind: 'holds'
      readonly event: AuditEvent
      readonly statement: Statement
      readonly keyId: string
      /** Of the checkpoint, to be compared with one that was noted. */
      readonly hash: string
    }
  | { readonly kind: 'fails'; readonly because: ProofFault }

export type ProofFault =
  | 'malformed' // it is no proof
  | 'event-altered' // the event is not what its hash is of
  | 'parts-altered' // a personal part is neither what was written nor erased
  | 'unknown-key' // the checkpoint is signed with a key that was not given
  | 'bad-signature'
  | 'not-included' // the event is not among those of the checkpoint

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const proofShape = z.strictObject({
  version: z.literal(1),
  event: z.looseObject({
    id: z.string(),
    stream: z.string(),
    sequence: z.number().int().positive(),
    version: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    occurredAt: z.iso.datetime().transform((text) => new Date(text)),
    hash: hex,
  }),
  index: z.number().int().nonnegative(),
  path: z.array(hex).max(64),
  checkpoint: z.string(),
})

/** Checks a proof with public keys only, without the log. */
export async function checkProof(proof: unknown, findKey: FindKey): Promise<CheckProofOutcome> {
  const parsed = proofShape.safeParse(proof)
  if (!parsed.success) return { kind: 'fails', because: 'malformed' }
  const { index, path, checkpoint } = parsed.data
  const event = parsed.data.event as unknown as AuditEvent
  if (!isWhole(event)) return { kind: 'fails', because: 'event-altered' }
  if (Object.values(stateOfParts(event)).includes('altered')) return { kind: 'fails', because: 'parts-altered' }
  const verdict = await readSigned(checkpoint, findKey)
  if (verdict.kind !== 'good') {
    return { kind: 'fails', because: verdict.kind === 'forged' ? 'bad-signature' : 'unknown-key' }
  }
  const { statement } = verdict
  const inclusion = { leaf: eventLeaf(event.hash), index, size: statement.events.count }
  const root = rootOfPath({ ...inclusion, path: path.map((hash) => Buffer.from(hash, 'hex')) })
  if (root?.toString('hex') !== statement.events.root) return { kind: 'fails', because: 'not-included' }
  return { kind: 'holds', event, statement, keyId: keyIdOf(checkpoint) ?? '', hash: hashOfCheckpoint(checkpoint) }
}

/** Text from outside may lack anything the hash covers. */
function isWhole(event: AuditEvent): boolean {
  try {
    return hashOf(event) === event.hash
  } catch {
    return false
  }
}
