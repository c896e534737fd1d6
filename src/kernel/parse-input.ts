import type { z } from 'zod'
import { refuse, type RefusalDetail } from './refusal.js'

/** Validates an input against its schema. The refusal names the invalid fields but never repeats their values. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const fields = [...new Set(result.error.issues.map((issue) => issue.path.map(String).join('.')))].slice(0, 10)
  throw badInput(fields)
}

/** A refusal that names the invalid fields. */
export function badInput(
  fields: readonly string[],
  says?: RefusalDetail['says'],
  more?: Readonly<Record<string, string>>,
) {
  const named = fields.filter((field) => field !== '')
  const usual: RefusalDetail['says'] =
    named.length === 0 ? undefined : { id: 'input.fields', values: { fields: named.join(', ') } }
  return refuse('BAD_USER_INPUT', { says: says ?? usual, extensions: { ...more, fields: named } })
}
