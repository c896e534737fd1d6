import type { z } from 'zod'
import { refuse } from './refusal.js'

/** Checks an input by its schema. The refusal names the fields that are wrong and never repeats what they held. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const fields = [...new Set(result.error.issues.map((issue) => issue.path.map(String).join('.')))].slice(0, 10)
  throw badInput(fields)
}

/** A refusal that names the fields that are wrong. */
export function badInput(fields: readonly string[], message?: string, more?: Readonly<Record<string, string>>) {
  const named = fields.filter((field) => field !== '')
  const what = named.length === 0 ? 'The input is not valid.' : `Not valid: ${named.join(', ')}.`
  return refuse('BAD_USER_INPUT', { message: message ?? what, extensions: { ...more, fields: named } })
}
