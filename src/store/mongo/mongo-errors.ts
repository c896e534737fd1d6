import { types } from 'node:util'
import mongoose from 'mongoose'
import { Unavailable } from '../../kernel/unavailable.js'

const { mongo } = mongoose

const DUPLICATE_KEY = 11000
// Answers of a server that is starting, stopping, or no longer the primary, and of one that ran out of time.
const OUT_OF_SERVICE = new Set([6, 7, 50, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436])

// What Node says of a connection the other end has left, where the driver hands it on as it is.
const CONNECTION_LOST = new Set(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'ETIMEDOUT', 'EHOSTUNREACH'])

const UNREACHABLE = [
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoOperationTimeoutError,
  mongo.MongoNotConnectedError,
  mongo.MongoTopologyClosedError,
  mongo.MongoServerClosedError,
  mongo.MongoClientClosedError,
  mongo.MongoExpiredSessionError,
  mongo.MongoWriteConcernError,
  mongoose.Error.MongooseServerSelectionError,
]

/**
 * Runs a command; when the server does not answer it in time, throws `Unavailable`. The command may still be carried
 * out later, as after any lost answer.
 */
export async function answered<R>(patienceMs: number, command: () => Promise<R>): Promise<R> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable('store')), patienceMs)
  })
  try {
    return await Promise.race([command(), silence])
  } catch (error) {
    throw isUnavailable(error) ? new Unavailable('store', { cause: error }) : error
  } finally {
    clearTimeout(timer)
  }
}

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY
}

function isUnavailable(error: unknown): boolean {
  if (UNREACHABLE.some((kind) => error instanceof kind)) return true
  // Not `instanceof`: Node's own errors may come from another realm.
  if (!types.isNativeError(error)) return false
  // The pool was full for as long as we wait, or was emptied because the server is gone.
  if (/^MongoWaitQueueTimeoutError$|^MongoPoolC/.test(error.name)) return true
  if ('code' in error && CONNECTION_LOST.has(String(error.code))) return true
  if (!(error instanceof mongo.MongoError)) return false
  // insertMany wraps what kept the driver from asking; only a server's answer has a code.
  if (error instanceof mongo.MongoBulkWriteError && error.code === undefined) return true
  return error.hasErrorLabel('RetryableWriteError') || OUT_OF_SERVICE.has(Number(error.code))
}
