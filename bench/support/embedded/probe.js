// Loaded into the gateway before it starts: tells its parent how it is doing.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()

const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

process.on('message', ({ id, question }) => {
  if (question === 'reset') delay.reset()
  if (question === 'collect') globalThis.gc?.()
  process.send?.({
    id,
    rss: process.memoryUsage.rss(),
    longestBlockMs: Math.max(0, delay.max / 1e6 - 5),
    cpuMs: cpuMs(),
  })
})
// The question of a bench must not keep a gateway alive that was asked to stop.
process.channel?.unref()
