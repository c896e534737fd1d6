import type { Config } from '../config/index.js'
import { acrOf, ASSURANCES } from '../kernel/assurance.js'

/**
 * The metadata of the issuer of tokens, in the form of RFC 8414. The gateway is no authorization server: sign-in is GraphQL,
 * so there are no OAuth endpoints, response types or grants.
 */
export function issuerMetadata({ server: { publicUrl }, sessions: { tokenAlgorithms } }: Config): object {
  return {
    issuer: publicUrl,
    jwks_uri: `${publicUrl}/.well-known/jwks.json`,
    response_types_supported: [],
    grant_types_supported: [],
    acr_values_supported: ASSURANCES.map(acrOf),
    access_token_signing_alg_values_supported: tokenAlgorithms,
    proof_signing_alg_values_supported: tokenAlgorithms,
  }
}
