import type { AddressInfo } from 'node:net'
import { createShop } from './app.js'
import { startOwnGateway } from './own-gateway.js'
import { createPeople } from './people.js'
import { connectStepgate } from './stepgate.js'

// `npm run example:homegrown`. With STEPGATE_URL and SHOP_SERVICE_KEY it uses a gateway that is already running.

const AUDIENCE = process.env['SHOP_AUDIENCE'] ?? 'https://shop.example'
const { STEPGATE_URL: url, STEPGATE_ISSUER: issuer, SHOP_SERVICE_KEY: serviceKey } = process.env

const own = url && serviceKey ? null : await startOwnGateway(AUDIENCE)
const stepgate = connectStepgate({
  url: own?.url ?? url ?? '',
  // The public URL of the gateway, which may differ from the address this process uses.
  issuer: issuer ?? (own ? 'http://localhost:4100' : (url ?? '')),
  serviceKey: own?.serviceKey ?? serviceKey ?? '',
  audience: AUDIENCE,
})

const server = createShop({ people: createPeople(), stepgate }).listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1')
server.once('listening', () => {
  process.stdout.write(`The shop is at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
  if (own) process.stdout.write(`Text messages it sends are at ${own.url}/dev/outbox\n`)
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => void (own?.close() ?? Promise.resolve()).then(() => process.exit(0)))
  })
}
