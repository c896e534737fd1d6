import { SetupFault, systemErrorIn, systemReason } from '../kernel/setup-fault.js'
import type { HttpConfig } from './ports.js'

const REMEDIES: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'Stop the other process, or set PORT to another port'],
  ['EACCES', 'Set PORT to 1024 or higher, or let this user open lower ports'],
])
const CHECK_HOST = 'Set HOST to an address of this machine: 127.0.0.1 for this machine only, 0.0.0.0 for all addresses'

/** Why the gateway cannot listen, and what to do. */
export function listenFailure(error: Error, { host, port }: Pick<HttpConfig['server'], 'host' | 'port'>): Error {
  const fault = systemErrorIn(error)
  if (!fault) return error
  return new SetupFault(
    `The gateway cannot listen on ${host}, port ${port}: ${systemReason(fault)}`,
    REMEDIES.get(fault.code) ?? CHECK_HOST,
    { cause: error },
  )
}
