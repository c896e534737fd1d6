import { isPlainObject } from '../check-value.js'
import type {
  Collection,
  Fields,
  Filter,
  FindOptions,
  KnownField,
  Stored,
  Update,
  UpdateOptions,
  Value,
} from '../collection.js'
import { compactDevice, readDevice, storedDeviceFields } from './compact-device.js'
import { compactFactor, readFactor } from './compact-factor.js'
import { compactSession, readSession } from './compact-session.js'

type Entry = Readonly<Record<string, unknown>>

interface Form {
  readonly compact: (entry: never, key: string) => Value
  readonly read: (key: never, stored: Entry) => object
}

/** The maps of a person whose entries have a compact form. */
const FORMS: Readonly<Record<string, Form>> = {
  sessions: { compact: compactSession, read: readSession },
  devices: { compact: compactDevice, read: readDevice },
  factors: { compact: compactFactor, read: readFactor },
  enrollments: { compact: compactFactor, read: readFactor },
}

/**
 * The documents of people with their sessions, devices and factors in compact form. Callers see the records as their
 * folders define them. Whatever an update names by a path is stored under that path, so guards and changes are the same
 * for compact and for older entries. An entry becomes compact when it is next written whole (0081).
 */
export function compactPeople<T extends Stored>(people: Collection<T>): Collection<T> {
  return {
    ...people,
    insert: (documents) => people.insert(documents.map(compactDocument)),
    findOne: async <R extends Stored = T>(filter: Filter, fields?: Fields<R>) =>
      readDocument(await people.findOne<R>(asStored(filter), fields && storedFields(fields))),
    findUnless: async <R extends Stored = T>(id: string, known: KnownField, fields: Fields<R>) => {
      const found = await people.findUnless<R>(id, known, storedFields(fields))
      return found === 'unchanged' ? found : readDocument(found)
    },
    find: async <R extends Stored = T>(filter: Filter, options?: FindOptions, fields?: Fields<R>) =>
      (await people.find<R>(asStored(filter), options, fields && storedFields(fields))).map(readCompact),
    updateOne: async <R extends Stored = T>(filter: Filter, update: Update, options?: UpdateOptions<R>) =>
      readDocument(
        await people.updateOne<R>(asStored(filter), compactUpdate(update), options && storedOptions(options)),
      ),
    changeOne: (filter, update) => people.changeOne(asStored(filter), compactUpdate(update)),
    updateMany: (filter, update) => people.updateMany(asStored(filter), compactUpdate(update)),
    deleteMany: (filter) => people.deleteMany(asStored(filter)),
    count: (filter, options) => people.count(asStored(filter), options),
  }
}

const compactDocument = <T extends Stored>(document: T): T => ({
  ...document,
  ...changedMaps(document, ({ compact }, map) =>
    mapEntries(map, (key, entry) => (isPlainObject(entry) ? compact(entry as never, key) : entry)),
  ),
})

const readDocument = <T extends Stored>(document: T | null): T | null => document && readCompact(document)

/** A person as its folders define it, from the stored document or a part of it. */
export const readCompact = <T extends Stored>(document: T): T => ({
  ...document,
  ...changedMaps(document, ({ read }, map) =>
    mapEntries(map, (key, entry) => (isPlainObject(entry) ? read(key as never, entry) : entry)),
  ),
})

function changedMaps(document: Stored, change: (form: Form, map: Entry) => object): object {
  const maps = Object.entries(FORMS).flatMap(([name, form]) => {
    const map = (document as unknown as Entry)[name]
    return isPlainObject(map) ? [[name, change(form, map)] as const] : []
  })
  return Object.fromEntries(maps)
}

const mapEntries = (map: Entry, change: (key: string, entry: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(map).map(([key, entry]) => [key, change(key, entry)]))

const storedOptions = <R extends Stored>({ fields, ...options }: UpdateOptions<R>): UpdateOptions<R> =>
  fields ? { ...options, fields: storedFields(fields) } : options

function storedFields<R extends Stored>(fields: Fields<R>): Fields<R> {
  const { maps } = fields
  const devices = maps?.['devices']
  if (!devices?.fields) return fields
  return { ...fields, maps: { ...maps, devices: { ...devices, fields: storedDeviceFields(devices.fields) } } }
}

/** Entries that are written whole become compact. */
function compactUpdate(update: Update): Update {
  const { $set } = update
  if (!$set) return update
  const changed = Object.entries($set).map(([path, value]) => {
    const [name = '', key, ...rest] = path.split('.')
    const form = FORMS[name]
    if (!form || rest.length > 0 || !isPlainObject(value)) return [path, value] as const
    if (key !== undefined) return [path, form.compact(value as never, key)] as const
    return [path, mapEntries(value, (each, entry) => form.compact(entry as never, each)) as Value] as const
  })
  return { ...update, $set: Object.fromEntries(changed) }
}

/** A compact entry has no `id`: that it has this one is asked by its key. */
function asStored(filter: Filter): Filter {
  const asked = Object.entries(filter).map(([path, condition]) => {
    const [name = '', key, field, ...rest] = path.split('.')
    const isItsId = field === 'id' && rest.length === 0 && condition === key && FORMS[name] !== undefined
    return isItsId ? ([`${name}.${key}`, { $exists: true }] as const) : ([path, condition] as const)
  })
  return Object.fromEntries(asked)
}
