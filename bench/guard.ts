import { createHmac } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { execute, parse, type GraphQLSchema } from 'graphql'
import { USUAL_ASSURANCES } from '../src/kernel/assurance.js'
import { systemClock } from '../src/kernel/clock.js'
import { inEnglish } from '../src/messages/index.js'
import {
  createDocumentReader,
  createPolicy,
  guardTypeDefs,
  protectSchema,
  USUAL_DOCUMENT_LIMITS,
} from '../src/policy/index.js'
import { middlewareLibrary, shieldLibrary, type MiddlewareTree } from '../src/policy/shield/load-shield.js'
import { contextFor, provedActor } from './support/caller.js'
import { compare } from './support/compare.js'
import { schemaOf } from './support/schema-of.js'

// What authorization costs on a long list: 1000 rows of five fields, three of them guarded.
const ROWS = 1000
const ROUNDS = { warmUpRounds: 15, rounds: 45 }
const PLAIN_QUERIES = 20_000

const SDL = `
  type Query { me: String @guard  orders: [Order!]! @guard }
  type Order {
    id: ID!
    title: String!
    customer: String! @guard(assurance: MFA)
    address: String! @guard(assurance: MFA, withinSeconds: 3600)
    price: Int! @guard(assurance: MFA)
  }
`

const rows = Array.from({ length: ROWS }, (_, index) => ({
  id: String(index),
  title: `Order ${index}`,
  customer: `Customer ${index}`,
  address: `Street ${index}`,
  price: index,
}))
const document = parse('{ orders { id title customer address price } }')
const actor = provedActor(new Date())

const bare = schemaOf(`${guardTypeDefs}\n${SDL}`, { Query: { orders: () => rows } })
const textbook = textbookShield(bare)
const ours = protectSchema(bare)
const policy = createPolicy({
  hashOperation: (text) => createHmac('sha256', 'bench').update(text).digest('base64url'),
  ...ours,
  documents: createDocumentReader({ ...ours, limits: USUAL_DOCUMENT_LIMITS, introspection: false }),
  clock: systemClock,
  settings: { riskProofSeconds: 300, assurances: USUAL_ASSURANCES, inEnglish },
  stepUps: { open: () => Promise.reject(new Error('nothing is refused here')) },
  risk: { assess: () => Promise.resolve({ id: 'risk', level: 'LOW', verdict: 'ALLOW', provedHere: true }) },
  operationProofs: { spend: () => Promise.resolve(true) },
  refusals: { record: () => Promise.resolve(null) },
})

const milliseconds = await compare(
  {
    bare: () => run(bare, {}),
    stepgate: async () => {
      const context = contextFor(actor)
      await policy.authorize({ document, context })
      await run(ours.schema, context)
    },
    textbook: () => run(textbook, { actor }),
  },
  ROUNDS,
)
const stepgateToBare = toBare('stepgate')
const textbookShieldToBare = toBare('textbook')
const decideMicroseconds = Number((await microsecondsPerPlainQuery()).toFixed(1))

console.log(`| ${ROWS} rows × 5 fields, 3 guarded | median ms | times bare |`)
console.log('| --- | --- | --- |')
console.log(`| bare schema | ${milliseconds.bare.toFixed(2)} | 1 |`)
console.log(`| Stepgate: policy and locks | ${milliseconds.stepgate.toFixed(2)} | ${stepgateToBare} |`)
console.log(`| graphql-shield, strict rules | ${milliseconds.textbook.toFixed(2)} | ${textbookShieldToBare} |`)
console.log(`\nDeciding a plain query of a known document: ${decideMicroseconds} µs.\n`)
const machine = { node: process.version, cores: availableParallelism() }
console.log(JSON.stringify({ bench: 'guard', ...machine, stepgateToBare, textbookShieldToBare }))

async function run(schema: GraphQLSchema, contextValue: object): Promise<void> {
  const result = await execute({ schema, document, contextValue })
  if (result.errors?.[0]) throw result.errors[0]
}

function toBare(name: 'stepgate' | 'textbook'): number {
  return Number((milliseconds[name] / milliseconds.bare).toFixed(2))
}

/** A permission tree as the documentation of graphql-shield writes it. */
function textbookShield(schema: GraphQLSchema): GraphQLSchema {
  const { allow, rule, shield } = shieldLibrary
  const hasProved = rule('hasProved', { cache: 'strict' })((_source, _args, context: { actor: typeof actor }) => {
    return context.actor.proofs.length > 0
  })
  const tree = {
    Query: { orders: hasProved },
    Order: { customer: hasProved, address: hasProved, price: hasProved },
  }
  const permissions = shield(tree, { fallbackRule: allow })
  return middlewareLibrary.applyMiddleware(schema, permissions.generate(schema) as MiddlewareTree)
}

async function microsecondsPerPlainQuery(): Promise<number> {
  const plain = parse('{ me }')
  for (let warmUp = 0; warmUp < PLAIN_QUERIES; warmUp += 1) {
    await policy.authorize({ document: plain, context: contextFor(actor) })
  }
  const start = performance.now()
  for (let query = 0; query < PLAIN_QUERIES; query += 1) {
    await policy.authorize({ document: plain, context: contextFor(actor) })
  }
  return ((performance.now() - start) / PLAIN_QUERIES) * 1000
}
