/**
 * The parts of a person that most requests do not need, so they are only read for fields that declare them with
 * `@Reads`. What every request reads is `IdentifiedPerson` in src/sessions.
 */
export const PERSON_PARTS = ['PASSWORD', 'PROFILE', 'SESSIONS', 'DEVICES', 'FACTORS', 'RISK'] as const

/**
 * - `PASSWORD`: the hash of the password.
 * - `PROFILE`: the sealed profile.
 * - `SESSIONS`: all sessions of the account, not only the caller's.
 * - `DEVICES`: all devices.
 * - `FACTORS`: the material of factors, factors that wait for their first proof, the step-up budget, and every proved
 *   address.
 * - `RISK`: the risk profile, the labels, and the last suspicion.
 */
export type PersonPart = (typeof PERSON_PARTS)[number]

/** Where a schema field keeps the parts it reads, in its extensions. */
export const READS = 'readsOfPerson'
