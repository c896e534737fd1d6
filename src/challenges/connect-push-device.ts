import { accountActor, type AuditLog } from '../audit/index.js'
import { parseDeviceName, readPushKey, writeDeviceName } from '../factors/index.js'
import { describeAgent } from '../kernel/describe-agent.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import type { PushDeviceDeps } from './push-device.js'

export interface ConnectPushDeviceDeps extends PushDeviceDeps {
  readonly secrets: Secrets
  readonly audit: AuditLog
}

export interface ConnectPushDeviceInput {
  /** The part after `#connect=` in the link: `<account>.<factor>.<secret>`. */
  readonly token: string
  /** SPKI as base64url. */
  readonly publicKey: string
  readonly name: string | null
  readonly context: AuditContext
}

export type ConnectPushDeviceOutcome =
  { kind: 'connected'; device: string; email: string } | { kind: 'bad-key' } | { kind: 'not-available' } // unknown, used or expired: the caller cannot tell which

/**
 * Binds a device to a new factor. The link works once, for any holder; the factor counts for nothing until the person
 * proves it.
 */
export async function connectPushDevice(
  deps: ConnectPushDeviceDeps,
  input: ConnectPushDeviceInput,
): Promise<ConnectPushDeviceOutcome> {
  const { token, publicKey, context } = input
  if (!readPushKey(publicKey)) return { kind: 'bad-key' }
  const end = token.lastIndexOf('.')
  const name = parseDeviceName(token.slice(0, Math.max(0, end)))
  if (!name) return { kind: 'not-available' }
  const isConnected = await deps.pushDevices.connect({
    ...name,
    connectHash: deps.secrets.digest(token.slice(end + 1)),
    publicKey,
    name: input.name ?? describeAgent(context.origin),
    now: deps.clock.now(),
    events: deps.audit.prepare([
      {
        action: 'push.connected',
        actor: accountActor(name.accountId),
        targets: [{ id: name.factorId, type: 'FACTOR' }],
        outcome: 'SUCCESS',
        context,
      },
    ]),
  })
  if (!isConnected) return { kind: 'not-available' }
  const person = await deps.pushDevices.find(name.accountId)
  return { kind: 'connected', device: writeDeviceName(name), email: person?.account.email ?? '' }
}
