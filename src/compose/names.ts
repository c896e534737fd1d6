import { repeatEvery } from '../kernel/repeat.js'
import type { Adapters } from './adapters.js'

const SWEEP_SECONDS = 300

/** The work that names of accounts need besides requests. */
export interface NameKeeper {
  start(): void
  /** Settles what processes left behind. Never rejects. */
  sweep(): Promise<void>
  stop(): Promise<void>
}

export function createNameKeeper({
  repositories: { names },
  store,
  clock,
  logger,
}: Pick<Adapters, 'repositories' | 'store' | 'clock' | 'logger'>): NameKeeper {
  let isStopped = false
  let naming = Promise.resolve()
  const sweep = () =>
    names.sweep(clock.now()).catch((err: unknown) => logger.error({ err }, 'names of accounts could not be settled'))
  const nameAccounts = async (): Promise<void> => {
    try {
      await names.nameAccounts(() => isStopped)
      if (!isStopped) logger.info({}, 'every account is found by its names')
    } catch (err) {
      logger.error({ err }, 'accounts could not be named: those without names are looked for in all shards')
    }
  }
  const sweeping = repeatEvery(SWEEP_SECONDS, sweep)
  return {
    start: () => {
      if (store.sharded) naming = nameAccounts()
    },
    sweep,
    stop: async () => {
      isStopped = true
      await Promise.all([sweeping.stop(), naming])
    },
  }
}
