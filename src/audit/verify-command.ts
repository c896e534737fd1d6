import type { AuditStore } from './ports.js'
import { verifyChain, type VerifyChainInput } from './verify-chain.js'

/** `stepgate audit verify`: checks the whole log, says what it found, and answers the exit status. */
export async function verifyAuditCommand(
  deps: { readonly store: AuditStore; readonly print: (line: string) => void },
  input: VerifyChainInput = {},
): Promise<0 | 1> {
  const outcome = await verifyChain(deps.store, input)
  if (outcome.kind === 'broken') {
    const { fault, sequence, eventId, detail } = outcome.break
    deps.print(
      `The audit log is broken at event ${sequence}${eventId === null ? '' : ` (${eventId})`}: ${fault}, ${detail}.`,
    )
    deps.print(`${outcome.checked} events before it are as they were written.`)
    return 1
  }
  deps.print(`The audit log is intact: ${outcome.checked} events checked.`)
  if (outcome.erased > 0) deps.print(`${outcome.erased} of them belong to erased accounts and say nothing personal.`)
  // Noted elsewhere, these two show later that nothing was cut off the end.
  deps.print(`Head: ${outcome.head.sequence}:${outcome.head.hash}`)
  return 0
}
