import { resolve, sep } from 'node:path'
import { SetupFault, systemErrorIn, systemReason, type SystemError } from '../kernel/setup-fault.js'
import { explainMongoFailure } from './mongo/explain-mongo-failure.js'

export interface StorePlaces {
  readonly mongodbUri: string | null
  readonly dataDirectory: string
}

/** Why the store, or the data directory, cannot be used at the start; the error itself if it says so already. */
export function explainStoreFailure(error: unknown, { mongodbUri, dataDirectory }: StorePlaces): unknown {
  const fault = systemErrorIn(error)
  if (fault?.path !== undefined && isWithin(dataDirectory, fault.path)) return unusable(fault, dataDirectory)
  if (mongodbUri !== null) return explainMongoFailure(error, mongodbUri)
  return fault ? unusable(fault, dataDirectory) : error
}

const isWithin = (directory: string, path: string): boolean =>
  `${resolve(path)}${sep}`.startsWith(`${resolve(directory)}${sep}`)

function unusable(fault: SystemError, dataDirectory: string): SetupFault {
  const place = fault.path === undefined || fault.path === dataDirectory ? '' : ` (${fault.path})`
  const remedy =
    fault.code === 'ENOSPC' || fault.code === 'EDQUOT'
      ? 'Free some space, or set STEPGATE_DATA_DIR to a folder on another disk'
      : 'Set STEPGATE_DATA_DIR to a folder that this user can read and write'
  return new SetupFault(`The data directory ${dataDirectory} cannot be used: ${systemReason(fault)}${place}`, remedy, {
    cause: fault,
  })
}
