/** A message with its gaps, as `{{name}}` (mustache). */
export interface Template {
  readonly subject: string
  readonly text: string
}
