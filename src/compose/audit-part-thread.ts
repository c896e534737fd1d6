import { createPublicKey } from 'node:crypto'
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { verifyPart, type FindKey, type LogPart } from '../audit/index.js'
import { Unavailable } from '../kernel/unavailable.js'
import { askAcross, type AuditPartMessage, type AuditThreadData, type PartEvents } from './audit-thread-messages.js'

// Runs in a separate thread: checks the parts of the audit log it is sent, until it is stopped.
const { keys, mongo } = workerData as AuditThreadData
const port = parentPort as MessagePort
const publicKeys = new Map(keys.map(({ id, pem }) => [id, createPublicKey(pem)]))
const findKey: FindKey = (id) => publicKeys.get(id) ?? null
const asked = askAcross(port)
// A database is read from here; files and memory belong to the thread that opened them.
const events: PartEvents = mongo === null ? asked.events : await openDatabase(mongo)

port.on('message', (message: AuditPartMessage) => {
  if (message.kind === 'part') void verify(message.part)
  else asked.answer(message)
})

async function verify(part: LogPart): Promise<void> {
  try {
    port.postMessage({ kind: 'report', report: await verifyPart({ events, findKey }, part) })
  } catch (error) {
    const isUnavailable = error instanceof Unavailable
    port.postMessage({ kind: 'failed', isUnavailable, says: error instanceof Error ? (error.stack ?? '') : '' })
  }
}

async function openDatabase(settings: NonNullable<AuditThreadData['mongo']>): Promise<PartEvents> {
  const { openAuditStore } = await import('../store/index.js')
  return openAuditStore(settings)
}
