export { bootstrapOperator } from './bootstrap-operator.js'
export { listedAddresses } from './listed-addresses.js'
export { operatorCommand, type OperatorCommand } from './operator-command.js'
export type { GrantOutcome, GrantTerms, OperatorStore } from './ports.js'
