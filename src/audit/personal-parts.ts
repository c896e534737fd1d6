import { createHash } from 'node:crypto'
import type { AuditEvent, AuditFact, AuditValues, PersonalParts } from './audit-event.js'
import { canonicalJson } from './canonical-json.js'

/*
 * The personal parts of an event are not hashed themselves. The hash covers commitments to them, each with its own
 * salt. Erasing removes content and salt. The commitment stays and reveals nothing without them (0051).
 */

const ORIGIN_FIELDS = ['ip', 'country', 'userAgent', 'operationName', 'operationHash'] as const

type Context = AuditFact['context']

/** The context of an event when its origin is erased, as changes by path. */
export const ERASED_ORIGIN: Readonly<Record<string, null>> = Object.freeze(
  Object.fromEntries<null>([
    ...ORIGIN_FIELDS.map((field) => [`context.${field}`, null] as const),
    ['salts.origin', null],
  ]),
)
export const ERASED_DETAILS: Readonly<Record<string, null>> = Object.freeze({ details: null, 'salts.details': null })

/** The commitments of a new event, with the salts they were made with. */
export function commitTo(
  given: { readonly context: Context; readonly details: AuditValues | null },
  newSalt: () => string,
): Pick<AuditFact, 'commitments' | 'salts'> {
  const contents = contentsOf(given)
  const salts = {
    origin: contents.origin && newSalt(),
    details: contents.details && newSalt(),
  }
  return {
    salts,
    commitments: { origin: commitment('origin', salts, contents), details: commitment('details', salts, contents) },
  }
}

/** `altered`: it is neither what was written nor erased as a whole. */
export type PartState = 'empty' | 'kept' | 'erased' | 'altered'

/** What became of the personal parts of an event. */
export function stateOfParts(event: Omit<AuditEvent, 'hash'>): PersonalParts<PartState> {
  return { origin: stateOf('origin', event), details: stateOf('details', event) }
}

function stateOf(part: keyof PersonalParts<unknown>, event: Omit<AuditEvent, 'hash'>): PartState {
  // Hashed as it is, including unknown fields.
  if (event.version === 1) return 'empty'
  const { salts, commitments } = event
  if (!salts || !commitments || Object.keys(salts).length !== 2) return 'altered'
  const contents = contentsOf(event)
  const isGone = contents[part] === null && salts[part] === null
  if (commitments[part] === null) return isGone ? 'empty' : 'altered'
  if (isGone) return 'erased'
  return commitment(part, salts, contents) === commitments[part] ? 'kept' : 'altered'
}

/** The event as it is read: personal metadata is merged with the rest. */
export const withDetails = (event: AuditEvent): AuditEvent => ({
  ...event,
  metadata: { ...event.metadata, ...event.details },
})

/** The event as its hash covers it. */
export function withoutPersonalParts(event: Omit<AuditEvent, 'hash'>): object {
  if (event.version === 1) return event
  const { details: _, salts: __, context, ...rest } = event
  return { ...rest, context: context && { ...context, ...NO_ORIGIN } }
}

const NO_ORIGIN = Object.freeze(Object.fromEntries(ORIGIN_FIELDS.map((field) => [field, undefined])))

type Contents = PersonalParts<AuditValues | null>

function contentsOf({
  context,
  details,
}: {
  readonly context: Context
  readonly details?: AuditValues | null
}): Contents {
  const origin = ORIGIN_FIELDS.map((field) => [field, context?.[field] ?? null] as const)
  const isEmpty = origin.every(([, value]) => value === null)
  return { origin: isEmpty ? null : Object.fromEntries(origin), details: details ?? null }
}

function commitment(part: keyof Contents, salts: PersonalParts<string | null>, contents: Contents): string | null {
  const [salt, content] = [salts[part], contents[part]]
  if (salt === null || content === null) return null
  return createHash('sha256').update(canonicalJson({ part, salt, content })).digest('hex')
}
