import { ConfigError } from '../../src/config/index.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { startGateway, type DemoGateway } from './gateway.js'
import { createNarrator } from './narrator.js'
import { STEPS } from './steps.js'
import { ADA, newStory } from './story.js'
import { Surprise } from './surprise.js'

// `npm run demo`: a first step-up over HTTP, from the sign-up to the audit log. Exit status 0 only when every step gets
// the expected answer. With MONGODB_URI it runs on MongoDB, in a separate database.

const narrator = createNarrator(process.stdout, process.env)
process.exit(await run())

async function run(): Promise<number> {
  const gateway = await start()
  if (!gateway) return 1
  closeOnSignals(gateway)
  try {
    return await tell(gateway)
  } finally {
    await gateway.close()
  }
}

async function start(): Promise<DemoGateway | null> {
  narrator.title('Stepgate: a first step-up')
  try {
    const gateway = await startGateway({ administrator: ADA.email, mongodbUri: process.env['MONGODB_URI'] || null })
    narrator.title(`The gateway is at ${gateway.url}; it stores ${gateway.storedIn}.`)
    return gateway
  } catch (error) {
    // Problems in the gateway's environment need no stack trace; problems in the gateway do.
    if (!(error instanceof Unavailable || error instanceof ConfigError)) throw error
    narrator.end(`The gateway did not start: ${error.message}.`)
    return null
  }
}

async function tell(gateway: DemoGateway): Promise<number> {
  const story = newStory(gateway, narrator.colours)
  for (const [index, { does, expects, run }] of STEPS.entries()) {
    narrator.step(index + 1, does, expects)
    try {
      narrator.seen(await run(story))
    } catch (error) {
      if (!(error instanceof Surprise)) throw error
      narrator.failed(error.came)
      narrator.end(`Step ${index + 1} of ${STEPS.length} was not answered as said.`)
      return 1
    }
  }
  narrator.end(`All ${STEPS.length} steps were answered as said.`)
  return 0
}

/** When it is stopped from outside, the demo leaves nothing behind either. */
function closeOnSignals(gateway: DemoGateway): void {
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => void gateway.close().finally(() => process.exit(status)))
  }
}
