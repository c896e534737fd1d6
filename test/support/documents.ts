import type { TypedDocumentString } from '../../schema/generated/graphql.js'

/** The result of a document; unknown fields for plain text. */
export type ResultOf<D> =
  D extends TypedDocumentString<infer Result, never> ? Result : Readonly<Record<string, never>> & AnyData
export type VariablesOf<D> =
  D extends TypedDocumentString<never, infer Variables> ? Variables : Readonly<Record<string, unknown>>

/** Data of a document written by hand in a test, for field-by-field checks. */
interface AnyData {
  readonly [field: string]: never
}
