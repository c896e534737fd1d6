import { checkFilter } from './check-filter.js'
import type { Filter } from './collection.js'
import { isPlainObject, isScalar } from './check-value.js'

const STAGES = new Set(['$match', '$group', '$sort', '$limit', '$skip', '$project', '$unwind', '$count'])
// They run code or reach outside the pipeline's own documents.
const FORBIDDEN = new Set(['$where', '$function', '$accumulator', '$lookup', '$out', '$merge'])

/** Throws on stages that only one store knows, on anything that runs code, and on missing values. */
export function checkPipeline(pipeline: readonly Readonly<Record<string, unknown>>[]): void {
  for (const stage of pipeline) {
    const names = Object.keys(stage)
    if (names.length !== 1 || !STAGES.has(names[0] ?? '')) throw new TypeError(`no such stage: ${names.join(', ')}`)
    if (stage['$match'] !== undefined) checkFilter(stage['$match'] as Filter, null)
    checkExpression(stage)
  }
}

function checkExpression(expression: unknown): void {
  if (isScalar(expression)) return
  if (Array.isArray(expression)) {
    expression.forEach(checkExpression)
    return
  }
  if (!isPlainObject(expression)) throw new TypeError('a pipeline holds something that is no value')
  for (const [key, inner] of Object.entries(expression)) {
    if (FORBIDDEN.has(key) || key === '__proto__') throw new TypeError(`a pipeline may not use ${key}`)
    checkExpression(inner)
  }
}
