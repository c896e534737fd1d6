import mongoose, { Schema } from 'mongoose'
import { newId } from '../../src/kernel/ids.js'
import { openStore } from '../../src/store/index.js'

export interface FloorUser {
  readonly _id: string
  readonly email: string
  readonly passwordHash: string
  readonly totpSecret: string
}

export interface FloorSession {
  readonly _id: string
  readonly userId: string
  readonly state: 'pending' | 'active'
  readonly code: string
  readonly createdAt: Date
}

/** The few commands a hand-written sign-in needs. */
export interface FloorStore {
  addUser(user: FloorUser): Promise<unknown>
  findUser(email: string): Promise<FloorUser | null>
  addSession(session: FloorSession): Promise<unknown>
  findSession(id: string): Promise<FloorSession | null>
  passSession(id: string, code: string): Promise<FloorSession | null>
  endSession(id: string): Promise<unknown>
  /** How many sessions the owner of this one has. */
  countSessions(id: string): Promise<number>
  roundTrips(): number
  close(): Promise<void>
}

/** As one writes it with mongoose, lean. Commands are only counted when asked to: it costs time. */
export async function mongooseFloor(uri: string, counting: boolean): Promise<FloorStore> {
  const address = new URL(uri)
  address.pathname = `/stepgate-floor-${newId().replace(/[^A-Za-z0-9]/g, '')}`
  const connection = await mongoose.createConnection(address.toString(), { monitorCommands: counting }).asPromise()
  const users = connection.model(
    'User',
    new Schema({ _id: String, email: { type: String, unique: true }, passwordHash: String, totpSecret: String }),
  )
  const sessions = connection.model(
    'Session',
    new Schema({ _id: String, userId: { type: String, index: true }, state: String, code: String, createdAt: Date }),
  )
  await Promise.all([users.init(), sessions.init()])
  let roundTrips = 0
  connection.on('commandStarted', () => {
    roundTrips += 1
  })
  return {
    addUser: (user) => users.create(user),
    findUser: (email) => users.findOne({ email }).lean<FloorUser>().exec(),
    addSession: (session) => sessions.create(session),
    findSession: (id) => sessions.findOne({ _id: id }).lean<FloorSession>().exec(),
    passSession: (id, code) =>
      sessions
        .findOneAndUpdate(
          { _id: id, code, state: 'pending' },
          { $set: { state: 'active' } },
          { returnDocument: 'after' },
        )
        .lean<FloorSession>()
        .exec(),
    endSession: (id) => sessions.deleteOne({ _id: id }).exec(),
    countSessions: async (id) => sessions.countDocuments({ userId: (await sessions.findById(id))?.userId ?? '' }),
    roundTrips: () => roundTrips,
    close: async () => {
      await connection.dropDatabase()
      await connection.close()
    },
  }
}

/** The same commands on the embedded store. */
export async function embeddedFloor(dataDirectory: string): Promise<FloorStore> {
  const store = await openStore({ dataDirectory })
  const users = store.collection<FloorUser>({ name: 'users', indexes: [{ fields: { email: 1 }, unique: true }] })
  const sessions = store.collection<FloorSession>({ name: 'sessions', indexes: [{ fields: { userId: 1 } }] })
  await store.prepare()
  return {
    addUser: (user) => users.insert([user]),
    findUser: (email) => users.findOne({ email }),
    addSession: (session) => sessions.insert([session]),
    findSession: (id) => sessions.findOne({ _id: id }),
    passSession: (id, code) => sessions.updateOne({ _id: id, code, state: 'pending' }, { $set: { state: 'active' } }),
    endSession: (id) => sessions.deleteMany({ _id: id }),
    countSessions: async (id) => sessions.count({ userId: (await sessions.findOne({ _id: id }))?.userId ?? '' }),
    roundTrips: () => store.roundTrips,
    close: () => store.close(),
  }
}
