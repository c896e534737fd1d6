import type { NewAuditEvent } from '../../src/audit/index.js'
import { raiseCloneAlarm } from '../../src/devices/clone-alarm.js'
import type { Device, DeviceTokenFault, RecognizedDevice } from '../../src/devices/device.js'
import { newId, type AccountId, type DeviceId, type SessionId } from '../../src/kernel/ids.js'
import { CONTEXT, NOW } from '../factors/world.js'
import { rememberingAudit } from '../support/audit.js'

const accountId = newId<AccountId>()
const device = { id: newId<DeviceId>(), rememberedUntil: null } as unknown as Device
const sessions = [newId<SessionId>()]

/** The outcome of a device token, and which devices are marked as copied for it. */
async function presented(fault: DeviceTokenFault | null, of: Device | null = device, isFirst = true) {
  const marked: unknown[] = []
  const prepared: NewAuditEvent[] = []
  const devices = {
    markCopied: (which: unknown) => {
      marked.push(which)
      return Promise.resolve(isFirst)
    },
  }
  const recognized: RecognizedDevice = { state: 'none', device: of, secret: 'secret', fault }
  const alarm = await raiseCloneAlarm(
    { devices, audit: rememberingAudit(prepared) },
    { accountId, recognized, sessions, trustRevision: 4, context: CONTEXT, now: NOW },
  )
  return { alarm, marked, prepared }
}

describe('R088 a device token', () => {
  it('raises an alarm when its secret was used up: the device is marked as copied, and its sessions end', async () => {
    const { alarm, marked, prepared } = await presented('reused')
    expect(marked).toMatchObject([{ accountId, deviceId: device.id, sessions, trustRevision: 4, at: NOW }])
    expect(alarm).toEqual({ device })
    expect(prepared).toMatchObject([{ action: 'device.clone_detected', outcome: 'DENIED' }])
  })

  it.each<DeviceTokenFault | null>([
    null,
    'wrong-secret',
    'superseded',
    'copied',
    'key-missing',
    'key-differs',
    'key-forged',
    'proof-replayed',
  ])("does not revoke its device's trust when its fault is: %s", async (fault) => {
    expect(await presented(fault)).toEqual({ alarm: null, marked: [], prepared: [] })
  })

  it('raises no alarm when there is no such device', async () => {
    expect(await presented('reused', null)).toEqual({ alarm: null, marked: [], prepared: [] })
  })

  it('raises the alarm of one caller only', async () => {
    expect((await presented('reused', device, false)).alarm).toBeNull()
  })
})
