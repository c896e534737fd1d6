import { Extensions } from 'type-graphql'
import { READS, type PersonPart } from './person-part.js'

/**
 * Declares what a field reads of the caller besides `IdentifiedPerson`. The caller is read in one command before the
 * operation runs, with the parts of all its fields. A field that reads an undeclared part fails (R179).
 */
export const Reads = (...parts: readonly PersonPart[]): ReturnType<typeof Extensions> => Extensions({ [READS]: parts })
