import type { DeviceStore } from '../devices/index.js'
import { atEach, END_GRANTS, update } from './paths.js'
import type { People } from './person-document.js'

/** Devices inside the person's document. */
export function deviceRepository(people: People): DeviceStore {
  return {
    rename: async (accountId, deviceId, name, events) => {
      const path = `devices.${deviceId}`
      const filter = { _id: accountId, [path]: { $exists: true } } as const
      return people.changeWith(filter, { $set: { [`${path}.name`]: name } }, events)
    },
    forget: async (accountId, deviceId, events) => {
      const path = `devices.${deviceId}`
      return people.changeWith(
        { _id: accountId, [path]: { $exists: true } },
        { $set: END_GRANTS.$set, $unset: { [path]: true }, $inc: { ...END_GRANTS.$inc, trustRevision: 1 } },
        events,
      )
    },
    markCopied: ({ accountId, deviceId, sessions, trustRevision, at, events }) => {
      const path = `devices.${deviceId}`
      return people.changeWith(
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
        events,
      )
    },
    forgetAll: async (accountId, events) => {
      await people.changeWith(
        { _id: accountId },
        {
          $set: { ...END_GRANTS.$set, devices: {} },
          $inc: { ...END_GRANTS.$inc, trustRevision: 1 },
        },
        events,
      )
    },
  }
}
