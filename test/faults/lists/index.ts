import type { Fault, ListedFault } from '../fault.js'
import { ESCAPED_BEFORE } from './escaped-before.js'

const AREAS: Readonly<Record<string, readonly Fault[]>> = {
  'escaped before': ESCAPED_BEFORE,
}

/** Every fault, by area. */
export const FAULTS: readonly ListedFault[] = Object.entries(AREAS).flatMap(([area, faults]) =>
  faults.map((fault) => ({ ...fault, area })),
)
