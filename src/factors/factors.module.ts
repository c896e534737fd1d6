import { FactorResolver, type FactorResolverDeps } from './factor-resolver.graphql.js'
import { FactorWarningResolver } from './factor-warning.graphql.js'

export type FactorsPorts = FactorResolverDeps

/** The factors of the signed-in account: list, rename, remove, new recovery codes. */
export const factorsModule = (ports: FactorsPorts) => ({
  resolvers: [new FactorResolver(ports), new FactorWarningResolver()],
})
