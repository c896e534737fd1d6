import type { DeviceStore } from '../devices/index.js'
import { atEach, END_GRANTS, update } from './paths.js'
import type { People } from './person-document.js'

/** Devices inside the person's document. */
export function deviceRepository(people: People): DeviceStore {
  return {
    rename: async (accountId, deviceId, name) => {
      const path = `devices.${deviceId}`
      return people.changeOne({ _id: accountId, [path]: { $exists: true } }, { $set: { [`${path}.name`]: name } })
    },
    forget: async (accountId, deviceId) => {
      const path = `devices.${deviceId}`
      return people.changeOne(
        { _id: accountId, [path]: { $exists: true } },
        { $set: END_GRANTS.$set, $unset: { [path]: true }, $inc: { ...END_GRANTS.$inc, trustRevision: 1 } },
      )
    },
    markCopied: ({ accountId, deviceId, sessions, trustRevision, at }) => {
      const path = `devices.${deviceId}`
      return people.changeOne(
        { _id: accountId, trustRevision, [path]: { $exists: true }, [`${path}.copiedAt`]: null },
        update({
          $set: {
            ...END_GRANTS.$set,
            [`${path}.copiedAt`]: at,
            [`${path}.rememberedUntil`]: null,
            suspicionAt: at,
          },
          $unset: atEach(
            sessions.map((id) => `sessions.${id}`),
            true,
          ),
          $inc: { ...END_GRANTS.$inc, trustRevision: 1 },
        }),
      )
    },
    forgetAll: async (accountId) => {
      await people.changeOne(
        { _id: accountId },
        {
          $set: { ...END_GRANTS.$set, devices: {} },
          $inc: { ...END_GRANTS.$inc, trustRevision: 1 },
        },
      )
    },
  }
}
