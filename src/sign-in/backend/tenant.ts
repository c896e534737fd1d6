import type { ServiceActor } from '../../kernel/actor.js'

/** The issuer name of a tenant's people. It cannot collide with a token issuer, because those are URLs. */
export const issuerOf = ({ tenant }: Pick<ServiceActor, 'tenant'>): string => `service:${tenant}`
