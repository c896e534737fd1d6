export type {
  Collection,
  CollectionSpec,
  Comparison,
  Fields,
  CountOptions,
  Filter,
  FindOptions,
  Index,
  InsertOutcome,
  Store,
  Stored,
  Update,
  UpdateOptions,
  Value,
} from './collection.js'
export { DuplicateKey } from './duplicate-key.js'
export type { EmbeddedStoreOptions } from './embedded/embedded-store.js'
export { DirectoryInUse } from './embedded/lock-directory.js'
export { DamagedDatafile } from './embedded/read-journal.js'
export { explainStoreFailure } from './explain-store-failure.js'
export type { MongoStoreOptions } from './mongo/mongo-store.js'
export { openAuditStore } from './open-audit-store.js'
export { openStore, type StoreSettings } from './open-store.js'
export { openRepositories } from './open-repositories.js'
export { organizationRepository } from './organization-repository.js'
