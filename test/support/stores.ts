export type StoreKind = 'embedded' | 'mongodb'

const given: readonly StoreKind[] = process.env['MONGODB_URI'] ? ['embedded', 'mongodb'] : ['embedded']
const only = process.env['TEST_ONLY_STORE']

/**
 * The stores that suites run on: always the embedded one, MongoDB too when one is given. `TEST_ONLY_STORE` picks one of
 * them, for a run that only needs the other half.
 */
export const STORES = only === undefined ? given : given.filter((store) => store === only)
if (STORES.length === 0) throw new Error(`TEST_ONLY_STORE=${only} leaves no store to run the tests on`)
