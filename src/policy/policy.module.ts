import type { Policy } from './policy.js'
import { StepUpPreviewResolver } from './step-up-preview.graphql.js'

/** What a client may ask about the policy. It is made from the schema, so it is handed in as a function. */
export const policyModule = ({ policy }: { readonly policy: () => Policy }) => ({
  resolvers: [new StepUpPreviewResolver(policy)],
})
