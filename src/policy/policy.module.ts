import type { Policy } from './policy.js'
import { StepUpPreviewResolver } from './step-up-preview.graphql.js'

/** Lets clients query the policy. The policy is built from the schema, which does not exist yet, hence the function. */
export const policyModule = ({ policy }: { readonly policy: () => Policy }) => ({
  resolvers: [new StepUpPreviewResolver(policy)],
})
