import { verifyLog, verifyPart, type VerifyLogInput, type VerifyLogOutcome } from '../../src/audit/index.js'
import { readConfig } from '../../src/config/index.js'
import { createKeyRing } from '../../src/kernel/key-ring.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { checkpointRepository } from '../../src/store/checkpoint-repository.js'
import type { Store } from '../../src/store/index.js'

/** Verifies the audit log in a store with an installation's keys, as the program would, in this thread. */
export async function verifyStoredLog(
  store: Store,
  keys: string,
  input: VerifyLogInput = {},
): Promise<VerifyLogOutcome> {
  const [events, checkpoints] = [createAuditRepository(store), checkpointRepository(store)]
  const ring = createKeyRing(readConfig({ STEPGATE_KEYS: keys }).keys)
  const findKey = (id: string) => ring.find(id)?.verifying ?? null
  return verifyLog(
    { events, checkpoints, parts: { atOnce: 2, verify: (part) => verifyPart({ events, findKey }, part) } },
    input,
  )
}
