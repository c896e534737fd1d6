import type { AuditStore } from '../audit/index.js'
import { createAuditRepository } from './audit-repository.js'
import { openStore } from './open-store.js'

/** The audit log of a database that is in use, to be read from another thread. Makes no index and changes nothing. */
export async function openAuditStore(settings: {
  readonly mongodbUri: string
  readonly patienceMilliseconds: number
}): Promise<AuditStore> {
  return createAuditRepository(await openStore({ ...settings, dataDirectory: null }))
}
