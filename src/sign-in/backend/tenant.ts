import type { ServiceActor } from '../../kernel/actor.js'

/** Who vouches for the people of a tenant: no issuer of tokens is called like that, those are addresses. */
export const issuerOf = ({ tenant }: Pick<ServiceActor, 'tenant'>): string => `service:${tenant}`
