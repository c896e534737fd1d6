import mongoose from 'mongoose'
import { isComparison } from '../check-filter.js'
import type { Filter } from '../collection.js'

/**
 * The filter with our own operators marked as trusted, which is what lets them pass `sanitizeFilter`; operators
 * anywhere else become plain values there. A copy, because mongoose changes the filters it casts.
 */
export function trustFilter(filter: Filter): Record<string, unknown> {
  const trusted: Record<string, unknown> = {}
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' || path === '$or') trusted[path] = (condition as readonly Filter[]).map(trustFilter)
    else trusted[path] = isComparison(condition) ? mongoose.trusted({ ...condition }) : condition
  }
  return trusted
}
