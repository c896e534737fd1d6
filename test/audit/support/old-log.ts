import { createHash } from 'node:crypto'
import type { Collection, Value } from '../../../src/store/index.js'
import type { StoredEvent } from './audit-world.js'

type Stored = Record<string, Value>

/**
 * Writes events as the version before streams did: one chain over all processes, `sequence` a bare number, no stream. Made
 * here from the format itself, so that a change of the code cannot change what is old.
 */
export async function writeOldLog(events: Collection<StoredEvent>, count: number): Promise<void> {
  let previousHash = '0'.repeat(64)
  const documents: Stored[] = []
  for (let sequence = 1; sequence <= count; sequence += 1) {
    const { salts, details, ip, ...hashed } = oldEvent(sequence)
    const body = canonical({ ...hashed, previousHash })
    const hash = createHash('sha256').update(`{"sequence":${sequence},"event":${body}}`).digest('hex')
    const { id, context, ...rest } = hashed
    documents.push({
      ...rest,
      ...{ _id: id, sequence, previousHash, hash, salts, details, context: { ...context, ip } },
    })
    previousHash = hash
  }
  await events.insert(documents as unknown as StoredEvent[])
}

function oldEvent(sequence: number) {
  const salts = { origin: `origin-${sequence}`, details: null }
  const origin = { ip: '198.51.100.7', country: null, userAgent: null, operationName: null, operationHash: null }
  const commitment = createHash('sha256')
    .update(canonical({ part: 'origin', salt: salts.origin, content: origin }))
    .digest('hex')
  return {
    ...{ id: `old-${String(sequence).padStart(18, 'x')}`, action: 'session.created', version: 2, outcome: 'SUCCESS' },
    occurredAt: new Date(Date.UTC(2026, 0, 1) + 1000 * sequence),
    ...{ actor: { id: 'account-aaaaaaaaaaaaaa', type: 'ACCOUNT' }, targets: [], organizationId: null, reason: null },
    ...{ risk: null, metadata: { number: sequence }, commitments: { origin: commitment, details: null } },
    context: { deviceId: null, sessionId: null, requestId: `request-${sequence}` },
    ...{ salts, details: null, ip: origin.ip },
  }
}

function canonical(value: unknown): string {
  if (value instanceof Date) return `{"$date":${JSON.stringify(value)}}`
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = value as Record<string, unknown>
  return `{${Object.keys(members)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(members[name])}`)
    .join(',')}}`
}
