/** One wrong line of code, as a slip could make it. A test must fail for it. */
export interface Fault {
  /** What the gateway does wrong with the fault in it, as a sentence. */
  readonly name: string
  /** Path from the root of the repository. */
  readonly file: string
  /** Text that occurs exactly once in the file. */
  readonly find: string
  /** The text to put there. The file must still load, and its types must still fit. */
  readonly replace: string
  /** The nearest test files. */
  readonly suites: readonly string[]
  /** Only the tests whose full name matches this pattern, where the suites are large. */
  readonly tests?: string
}

/** A fault with the part of the code it belongs to. */
export interface ListedFault extends Fault {
  readonly area: string
}

/** Why a fault cannot be put into this source; null when it can. */
export function objectionTo(fault: Fault, source: string): string | null {
  const found = source.split(fault.find).length - 1
  if (found !== 1) return `its text occurs ${found} times in ${fault.file}`
  return fault.find === fault.replace ? 'it changes nothing' : null
}

/** The source with the fault in it. Taken as text: `$` has no meaning in the replacement. */
export const withFault = (fault: Fault, source: string): string => source.replace(fault.find, () => fault.replace)
