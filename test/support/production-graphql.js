/**
 * In development, graphql-js looks for two copies of itself at every type it checks: a fifth of the time that a gateway takes to
 * start. The tests start hundreds, and use the build that production uses.
 */
const { NODE_ENV } = process.env
process.env.NODE_ENV = 'production'
await import('graphql')
process.env.NODE_ENV = NODE_ENV
